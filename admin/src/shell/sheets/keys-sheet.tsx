import { Sheet } from '../../components/sheet.tsx';
import { text } from '../../locales/index.ts';
import { changeSettings, useSettings } from '../../settings/settings.ts';
import { useCommands } from '../use-commands.tsx';
import './keys-sheet.css';
import { useSheets } from './sheets.ts';

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

/** Every key that works anywhere, and the switch for those that work alone. */
export default function KeysSheet() {
  const { close } = useSheets();
  const { singleKeys } = useSettings();
  const pages = useCommands().filter(({ group, keys }) => group === 'pages' && keys);
  const words = text.sheets.keys;
  return (
    <Sheet title={words.title} onClose={close}>
      <dl className="mm-key-list">
        <Key keys={[isMac ? '⌘' : 'Ctrl', 'K']} does={text.sheets.palette.title} isTogether />
        <Key keys={['?']} does={words.title} />
        <Key keys={['/']} does={words.search} />
        <Key keys={['Esc']} does={words.close} />
      </dl>
      <h3>{words.pages}</h3>
      <dl className="mm-key-list">
        {pages.map(({ id, keys = [], label }) => (
          <Key key={id} keys={keys} does={label} />
        ))}
      </dl>
      <label className="mm-switch">
        <input
          type="checkbox"
          className="mm-check"
          checked={singleKeys}
          onChange={({ target }) => changeSettings({ singleKeys: target.checked })}
        />
        <span>
          {words.single}
          <small>{words.singleHint}</small>
        </span>
      </label>
    </Sheet>
  );
}

function Key({ keys, does, isTogether = false }: { keys: readonly string[]; does: string; isTogether?: boolean }) {
  return (
    <div>
      <dt>{does}</dt>
      <dd className="mm-keys">
        {keys.map((key, index) => (
          <span key={key}>
            {index > 0 ? <span className="mm-quiet"> {isTogether ? '+' : text.sheets.keys.afterwards} </span> : null}
            <kbd>{key}</kbd>
          </span>
        ))}
      </dd>
    </div>
  );
}
