import { useState } from 'react';
import { text } from '../../locales/index.ts';
import type { AuditRow } from '../rows.ts';
import { ChangedValue } from './changed-value.tsx';
import { type Change, changesOf, isUnchanged, type Side } from './diff.ts';
import type { Disclosure } from './disclosure.ts';

type Props = { entry: Pick<AuditRow, 'before' | 'after'>; disclosures?: readonly Disclosure[] | undefined };

/** Both sides of a change, side by side; one side only of what came or went. What stayed as it was waits behind a button. */
export function ChangesTable({ entry, disclosures }: Props) {
  const [showsAll, setShowsAll] = useState(false);
  const all = changesOf(entry.before, entry.after);
  const changed = all.filter((change) => !isUnchanged(change));
  const unchanged = all.filter(isUnchanged);
  const sides: Side[] = (['before', 'after'] as const).filter((side) => entry[side] !== null);
  if (all.length === 0) return <p className="mm-quiet">{text.audit.noChange}</p>;
  return (
    <>
      <table className="mm-diff" data-sides={sides.length}>
        <caption className="mm-visually-hidden">{text.audit.changes}</caption>
        <thead>
          <tr>
            <th scope="col">{text.audit.field}</th>
            {sides.map((side) => (
              <th key={side} scope="col">
                {text.audit[side]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...changed, ...(showsAll ? unchanged : [])].map((change) => (
            <Row key={change.field} change={change} sides={sides} disclosures={disclosures} />
          ))}
        </tbody>
      </table>
      {unchanged.length > 0 && !showsAll ? (
        <button type="button" className="mm-unchanged" onClick={() => setShowsAll(true)}>
          {text.audit.unchanged(unchanged.length)}
        </button>
      ) : null}
    </>
  );
}

type RowProps = { change: Change; sides: readonly Side[]; disclosures: readonly Disclosure[] | undefined };

function Row({ change, sides, disclosures }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <code>{change.field}</code>
      </th>
      {sides.map((side) => (
        <td key={side} data-side={side} data-label={text.audit[side]}>
          <ChangedValue
            field={change.field}
            side={side}
            value={change[side]}
            isMarked={!isUnchanged(change)}
            disclosures={disclosures}
          />
        </td>
      ))}
    </tr>
  );
}
