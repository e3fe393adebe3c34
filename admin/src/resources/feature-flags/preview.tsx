import { useEffect, useState } from 'react';
import { ErrorState } from '../../components/states.tsx';
import { locale, text } from '../../locales/index.ts';
import { useRowsOf } from '../use-rows-of.ts';
import { previewRow, type Settings } from './answers.ts';
import './feature-flags.css';

/** Long enough that typing a number asks once. */
const typingMs = 300;

/** For how many the flag is on now, and would be with these settings. */
export function Preview({ flag, settings }: { flag: string; settings: Settings }) {
  const asked = useSettled(settings);
  const { rows, error, isLoading, refetch } = useRowsOf('preview_feature_flag', previewRow, {
    args: { key: flag, ...asked },
    fresh: true,
  });
  const words = text.flags.dialog;
  return (
    <section aria-label={words.preview} className="mm-flag-preview">
      <h3>{words.preview}</h3>
      {rows ? (
        rows.length === 0 ? (
          <p className="mm-quiet">{words.nobody}</p>
        ) : (
          <table className="mm-flag-table">
            <caption className="mm-visually-hidden">{words.preview}</caption>
            <thead>
              <tr>
                <th scope="col">{words.who}</th>
                <th scope="col">{words.all}</th>
                <th scope="col">{words.now}</th>
                <th scope="col">{words.afterwards}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.subjects} data-changes={row.on_now !== row.on_then}>
                  <th scope="row">{subjectWords(row.subjects)}</th>
                  <td>{row.subject_count.toLocaleString(locale)}</td>
                  <td>{row.on_now.toLocaleString(locale)}</td>
                  <td>{row.on_then.toLocaleString(locale)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      ) : isLoading ? (
        <p className="mm-quiet" role="status">
          {words.reading}
        </p>
      ) : (
        <ErrorState title={text.errors.listTitle} error={error} onRetry={refetch} level="p" />
      )}
    </section>
  );
}

function subjectWords(subjects: string): string {
  const words = text.flags.dialog;
  if (subjects === 'webhook_events') return words.eventsOfDay;
  if (subjects === 'videos') return words.readyVideos;
  const roles: Readonly<Record<string, string>> = text.account.roles;
  return roles[subjects] ?? subjects;
}

function useSettled(settings: Settings): Settings {
  const key = JSON.stringify(settings);
  const [settled, setSettled] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), typingMs);
    return () => clearTimeout(timer);
  }, [key]);
  return JSON.parse(settled) as Settings;
}
