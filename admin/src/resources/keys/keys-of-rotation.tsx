import type { ReactNode } from 'react';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/page.tsx';
import { text } from '../../locales/index.ts';
import '../job-runs/jobs.css';
import type { KeyRow, Rotation } from './answers.ts';
import type { Progress } from './progress.ts';
import { RotationProgress } from './rotation-progress.tsx';
import { KeyStateTag } from './state-tag.tsx';
import './keys.css';

/** Of deleted ones so many are shown. */
const mostDeleted = 3;

type Props = { rotation: Rotation; keys: readonly KeyRow[]; progress: Progress; action: ReactNode };

/** One kind of key: those in use, the last that were deleted, and how far its rotation is. */
export function KeysOfRotation({ rotation, keys, progress, action }: Props) {
  const words = text.keys;
  const deleted = keys.filter(({ state }) => state === 'deleted');
  const shown = [...keys.filter(({ state }) => state !== 'deleted'), ...deleted.slice(0, mostDeleted)];
  const isSecret = rotation !== 'mux-signing';
  const title = words.rotations[rotation];
  return (
    <Panel title={title} extra={action} flush>
      {shown.length === 0 ? (
        <p className="mm-panel-body mm-quiet">{words.none}</p>
      ) : (
        <table className="mm-reading">
          <caption className="mm-visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{words.columns.id}</th>
              <th scope="col">{words.columns.state}</th>
              <th scope="col">{words.columns.created}</th>
              {isSecret ? <th scope="col">{words.columns.seen}</th> : null}
              <th scope="col">{words.columns.until}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((key) => (
              <tr key={key.id}>
                <th scope="row">
                  <code className="mm-key-id">{key.id}</code>
                </th>
                <td data-label={words.columns.state}>
                  <div>
                    <KeyStateTag state={key.state} />
                  </div>
                </td>
                <td data-label={words.columns.created}>
                  <Moment at={key.created_at} inline />
                </td>
                {isSecret ? (
                  <td data-label={words.columns.seen}>
                    <Moment at={key.last_seen_at} absent={words.neverSeen} inline />
                  </td>
                ) : null}
                <td data-label={words.columns.until}>
                  <Moment at={key.deleted_at ?? key.drained_at} absent={words.stillUsed} inline />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {deleted.length > mostDeleted ? (
        <p className="mm-panel-body mm-quiet">{words.older(deleted.length - mostDeleted)}</p>
      ) : null}
      <RotationProgress rotation={rotation} progress={progress} />
    </Panel>
  );
}
