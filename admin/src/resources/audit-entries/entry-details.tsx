import { Copyable } from '../../components/copyable.tsx';
import { Facts } from '../../components/page.tsx';
import { text } from '../../locales/index.ts';
import type { AuditRow } from '../rows.ts';
import './audit.css';
import { changesOf, valueText } from './diff.ts';

/** What an entry holds: the reason, both sides of the change, and the ids to follow it by. */
export function EntryDetails({ entry }: { entry: AuditRow }) {
  const changes = changesOf(entry.before, entry.after);
  return (
    <div className="mm-entry">
      {changes.length === 0 ? (
        <p className="mm-quiet">{text.audit.noChange}</p>
      ) : (
        <table className="mm-diff">
          <caption className="mm-visually-hidden">{text.audit.changes}</caption>
          <thead>
            <tr>
              <th scope="col">{text.audit.field}</th>
              <th scope="col">{text.audit.before}</th>
              <th scope="col">{text.audit.after}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ field, before, after }) => (
              <tr key={field}>
                <th scope="row">
                  <code>{field}</code>
                </th>
                <Value value={before} side="before" />
                <Value value={after} side="after" />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Facts
        items={[
          [text.audit.reason, entry.reason ?? text.audit.noReason],
          ...(entry.acting_as?.sub ? ([[text.audit.actingAsLabel, entry.acting_as.sub]] as const) : []),
          ...(entry.actor_subject
            ? ([
                [text.audit.subject, <Copyable key="s" value={entry.actor_subject} what={text.audit.subject} />],
              ] as const)
            : []),
          ...(entry.object_id
            ? ([
                [text.audit.objectId, <Copyable key="o" value={entry.object_id} what={text.audit.objectId} />],
              ] as const)
            : []),
          ...(entry.request_id
            ? ([
                [text.audit.requestId, <Copyable key="r" value={entry.request_id} what={text.audit.requestId} />],
              ] as const)
            : []),
          [text.audit.entryId, <Copyable key="e" value={entry.id} what={text.audit.entryId} />],
        ]}
      />
    </div>
  );
}

function Value({ value, side }: { value: unknown; side: 'before' | 'after' }) {
  const shown = valueText(value);
  const label = side === 'before' ? text.audit.before : text.audit.after;
  return (
    <td data-side={side} data-label={label}>
      {shown === undefined ? (
        <span className="mm-quiet">{text.audit.absent}</span>
      ) : side === 'before' ? (
        <del>{shown}</del>
      ) : (
        <ins>{shown}</ins>
      )}
    </td>
  );
}
