import { FileSearchOutlined, LinkOutlined, TeamOutlined, VideoCameraOutlined } from '@ant-design/icons';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { searchedWords } from '../../components/list/pasted-link.ts';
import { Sheet } from '../../components/sheet.tsx';
import { useAccount, useOffered } from '../../config/account.ts';
import { placesOf } from '../../config/resources.tsx';
import { text } from '../../locales/index.ts';
import { useSheets } from '../sheets/sheets.ts';
import { type Command, useCommands } from '../use-commands.tsx';
import { type Found, resourceOf } from './found.ts';
import { matches } from './matches.ts';
import './palette.css';
import { useFound } from './use-found.ts';

type Entry = {
  id: string;
  label: string;
  detail?: string | undefined;
  icon: ReactNode;
  keys?: readonly string[];
  run: () => void;
};
type Group = { title: string; entries: readonly Entry[] };

const icons: Record<Found['kind'], ReactNode> = {
  video: <VideoCameraOutlined />,
  share_link: <LinkOutlined />,
  person: <TeamOutlined />,
};

/** Pages, actions and records by what somebody types: the combobox pattern, with the list always shown. */
export default function Palette() {
  const { close } = useSheets();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const { groups, isSearching, failure } = useGroups(typed);
  const entries = groups.flatMap((group) => group.entries);
  const active = Math.min(at, entries.length - 1);
  const idOf = (entry: Entry) => `${id}-${entry.id}`;
  const current = entries[active];

  useEffect(() => input.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the entry that is chosen is what it reacts to
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current?.id]);

  const run = (entry: Entry) => {
    close();
    entry.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && entries.length > 0) setAt((active + step + entries.length) % entries.length);
    else if (event.key === 'Enter' && current) run(current);
    else return;
    event.preventDefault();
  };

  return (
    <Sheet title={text.sheets.palette.title} onClose={close}>
      <div className="mm-input-with-icon">
        <FileSearchOutlined aria-hidden />
        <input
          ref={input}
          type="text"
          role="combobox"
          className="mm-input"
          aria-label={text.sheets.palette.label}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={current ? idOf(current) : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          placeholder={text.sheets.palette.placeholder}
          value={typed}
          onChange={({ target }) => {
            setTyped(searchedWords(target.value));
            setAt(0);
          }}
          onKeyDown={onKey}
        />
      </div>
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={text.sheets.palette.label} className="mm-palette">
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of a listbox is no fieldset
          <div key={group.title} role="group" aria-label={group.title}>
            <p aria-hidden="true">{group.title}</p>
            {group.entries.map((entry) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard chooses from the field, as the pattern has it
              <div
                key={entry.id}
                id={idOf(entry)}
                role="option"
                tabIndex={-1}
                aria-selected={entry === current}
                onClick={() => run(entry)}
                onPointerMove={() => setAt(entries.indexOf(entry))}
              >
                <span aria-hidden="true">{entry.icon}</span>
                <span className="mm-palette-label">
                  {entry.label}
                  {entry.detail ? <small>{entry.detail}</small> : null}
                </span>
                {entry.keys ? (
                  <span className="mm-keys" aria-hidden="true">
                    {entry.keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </span>
                ) : null}
              </div>
            ))}
          </div>
        ))}
      </div>
      <p role="status" className="mm-quiet mm-small mm-palette-status">
        {failure ?? (isSearching ? text.sheets.palette.searching : text.sheets.palette.found(entries.length))}
      </p>
    </Sheet>
  );
}

function useGroups(typed: string) {
  const navigate = useNavigate();
  const { role } = useAccount();
  const commands = useCommands();
  const { found, isSearching, failure } = useFound(typed, useOffered('videos', 'list'));
  const groups = useMemo(() => {
    const of = (group: Command['group']) =>
      commands.filter((command) => command.group === group && matches(command.label, typed));
    const places = placesOf(role);
    const records = found.flatMap(({ kind, id, title, detail }): Entry[] => {
      const place = places.find(({ resource, hasShow }) => resource === resourceOf[kind] && hasShow);
      if (!place) return [];
      const shown = kind === 'video' ? statusWords(detail) : (detail ?? undefined);
      return [{ id, label: title, detail: shown, icon: icons[kind], run: () => navigate(`${place.path}/${id}`) }];
    });
    const all: Group[] = [
      { title: text.sheets.palette.records, entries: records },
      { title: text.sheets.palette.pages, entries: of('pages') },
      { title: text.sheets.palette.actions, entries: of('actions') },
    ];
    return all.filter((group) => group.entries.length > 0);
  }, [commands, found, navigate, role, typed]);
  return { groups, isSearching, failure };
}

function statusWords(status: string | null): string | undefined {
  const words: Readonly<Record<string, string>> = text.videos.status;
  return words[status ?? ''];
}
