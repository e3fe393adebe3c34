import { useNotification } from '@refinedev/core';
import { Switch } from 'antd';
import { useState } from 'react';
import { Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton, StatePage } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import { isApiError } from '../../providers/data/index.ts';
import { useFunction } from '../use-function.ts';
import { type PreferenceRow, preferenceAnswer } from './answers.ts';
import './my-account.css';
import { usePreferences } from './use-preferences.ts';

const channels = Object.keys(text.myAccount.notices.channels);

/** What one is told about, by kind and channel. A choice is saved as soon as it is made. */
export function Notices() {
  const { rows, error, isLoading, refetch } = usePreferences();
  const words = text.myAccount.notices;
  const kinds = [...new Map(rows?.map(({ kind, title }) => [kind, title]) ?? [])];
  return (
    <Panel title={words.title}>
      <p className="mm-quiet">{words.lead}</p>
      {kinds.length > 0 ? (
        <table className="mm-notice-choices">
          <caption className="mm-visually-hidden">{words.title}</caption>
          <thead>
            <tr>
              <th scope="col">{words.kind}</th>
              {channels.map((channel) => (
                <th key={channel} scope="col">
                  {words.channels[channel]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map(([kind, title]) => (
              <tr key={kind}>
                <th scope="row">{title}</th>
                {channels.map((channel) => (
                  <td key={channel} data-label={words.channels[channel]}>
                    <Choice row={rows?.find((row) => row.kind === kind && row.channel === channel)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : isLoading ? (
        <PageSkeleton />
      ) : error ? (
        <ErrorState title={text.errors.listTitle} error={error} onRetry={refetch} level="p" />
      ) : (
        <StatePage kind="empty" level="p" title={words.none} />
      )}
    </Panel>
  );
}

function Choice({ row }: { row: PreferenceRow | undefined }) {
  const { open } = useNotification();
  const set = useFunction('set_notification_preference', preferenceAnswer, ['my_notification_preferences']);
  // What was just chosen stands until the reading has it; a refusal takes it back.
  const [chosen, setChosen] = useState<boolean>();
  const [isSaving, setSaving] = useState(false);
  const words = text.myAccount.notices;
  if (!row) return <span className="mm-quiet mm-small">{words.notOffered}</span>;
  if (row.is_critical) return <span className="mm-small">{words.required}</span>;
  const channel = words.channels[row.channel] ?? row.channel;
  const change = async (isOn: boolean) => {
    setChosen(isOn);
    setSaving(true);
    try {
      await set({ kind: row.kind, channel: row.channel, is_enabled: isOn });
      open?.({ type: 'success', key: row.id, message: words.saved(row.title, channel, isOn) });
    } catch (error) {
      setChosen(undefined);
      open?.({
        type: 'error',
        key: row.id,
        message: isApiError(error) ? error.message : text.errors.unnamed,
      });
    } finally {
      setSaving(false);
    }
  };
  return (
    <Switch
      checked={chosen ?? row.is_enabled}
      loading={isSaving}
      onChange={change}
      aria-label={words.switch(row.title, channel)}
    />
  );
}
