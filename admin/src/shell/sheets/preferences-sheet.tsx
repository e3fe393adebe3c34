import { useId, useMemo, useState } from 'react';
import { z } from 'zod';
import { Sheet } from '../../components/sheet.tsx';
import { text } from '../../locales/index.ts';
import { isApiError } from '../../providers/data/index.ts';
import { useFunction } from '../../resources/use-function.ts';
import {
  changeSettings,
  densities,
  type Language,
  languages,
  type Settings,
  settings,
  useSettings,
} from '../../settings/settings.ts';
import { modes, setMode, useMode } from '../../theme/mode.ts';
import { exact } from '../../time/format.ts';
import { useNow } from '../../time/use-now.ts';
import { deviceZone, ownZone, zones, zoneWithOffset } from '../../time/zone.ts';
import './preferences-sheet.css';
import { useSheets } from './sheets.ts';

const answer = z.object({ id: z.uuid() });

/** Each in itself, so that whoever cannot read the present one finds theirs. */
const languageNames: Record<Language, string> = { 'en-AU': 'English (Australia)', de: 'Deutsch' };

/** How the back office shows itself. Each choice holds at once, and is kept for every device of the person; the theme for this one. */
export default function PreferencesSheet() {
  const { close } = useSheets();
  const { timeZone, density, language } = useSettings();
  const mode = useMode();
  const now = useNow();
  const [failure, setFailure] = useState<string>();
  const keep = useFunction('set_preferences', answer, []);
  const words = text.sheets.preferences;
  const known = useMemo(() => zones(), []);

  const change = async (part: Partial<Settings>) => {
    setFailure(undefined);
    changeSettings(part);
    const chosen = settings();
    try {
      await keep({
        time_zone: chosen.timeZone ?? null,
        language: chosen.language ?? null,
        density: chosen.density,
      });
    } catch (error) {
      setFailure(words.notKept(isApiError(error) ? error.message : text.errors.unnamed));
    }
  };

  /** Texts are chosen as the app starts: another language needs the page anew, once the choice is kept. */
  const speak = async (chosen: Language | undefined) => {
    await change({ language: chosen });
    globalThis.location.reload();
  };

  return (
    <Sheet title={words.title} onClose={close}>
      <div className="mm-preferences">
        <Choice
          label={words.timeZone}
          hint={`${words.timeNow} ${exact(now, { zone: ownZone() })}`}
          value={timeZone ?? ''}
          onChange={(zone) => void change({ timeZone: zone === '' ? undefined : zone })}
          options={[
            ['', words.deviceZone(deviceZone())],
            ...known.map((zone): [string, string] => [zone, zoneWithOffset(zone, now)]),
          ]}
        />
        <Choice
          label={words.language}
          hint={words.languageHint}
          value={language ?? ''}
          onChange={(chosen) => void speak(languages.find((known) => known === chosen))}
          options={[
            ['', words.deviceLanguage],
            ...languages.map((known): [string, string] => [known, languageNames[known]]),
          ]}
        />
        <Choice
          label={words.density}
          value={density}
          onChange={(chosen) => void change({ density: densities.find((known) => known === chosen) ?? 'comfortable' })}
          options={densities.map((name) => [name, words.densities[name]])}
        />
        <Choice
          label={text.shell.theme}
          hint={words.themeHint}
          value={mode}
          onChange={(chosen) => setMode(modes.find((known) => known === chosen) ?? 'system')}
          options={modes.map((name) => [name, text.shell.themes[name]])}
        />
        {failure ? <p role="alert">{failure}</p> : null}
      </div>
    </Sheet>
  );
}

type ChoiceProps = {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly (readonly [string, string])[];
};

function Choice({ label, hint, value, onChange, options }: ChoiceProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="mm-input"
        value={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={({ target }) => onChange(target.value)}
      >
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
      {hint ? (
        <p id={`${id}-hint`} className="mm-quiet mm-small">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
