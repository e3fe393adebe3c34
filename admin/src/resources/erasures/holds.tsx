import { CheckCircleOutlined, LockOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Moment } from '../../components/moment.tsx';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import { ReadingPanel } from '../job-runs/reading.tsx';
import { useRows } from '../use-rows.ts';
import type { ErasureRow, HoldRow } from './answers.ts';
import type { HoldAct } from './hold-dialog.tsx';
import { HoldDialog } from './late-dialogs.ts';

/** Duties to keep this person's data: while one stands, nothing of theirs is erased. */
export function Holds({ request }: { request: ErasureRow }) {
  const reading = useRows<HoldRow>({
    resource: 'legal_holds',
    filters: [{ field: 'profile_id', operator: 'eq', value: request.profile_id }],
    sorters: [{ field: 'placed_at', order: 'desc' }],
    pollMs: 30_000,
  });
  const [act, setAct] = useState<HoldAct>();
  const words = text.erasures.holds;
  const stands = reading.rows?.some(({ lifted_at }) => lifted_at === null) ?? false;
  const mayPlace = request.state !== 'completed' && !stands && reading.rows !== undefined;
  return (
    <div className="mm-stack">
      <ReadingPanel
        title={words.heading}
        rowTitle={text.reason.label}
        empty={words.none}
        reading={reading}
        nameOf={({ reason }) => reason}
        keyOf={({ id }) => id}
        cellsOf={(hold) => [
          {
            title: text.erasures.state,
            value: hold.lifted_at ? (
              <Status tone="quiet" icon={<CheckCircleOutlined />}>
                {words.lifted}
              </Status>
            ) : (
              <Status tone="warn" icon={<LockOutlined />}>
                {words.stands}
              </Status>
            ),
          },
          { title: words.since, value: <Moment at={hold.placed_at} inline /> },
          {
            title: words.until,
            value: hold.lifted_at ? (
              <>
                <Moment at={hold.lifted_at} inline />
                <div className="mm-small mm-quiet">{hold.lift_reason}</div>
              </>
            ) : (
              <Button size="small" onClick={() => setAct({ lift: hold.id })}>
                {words.lift.open}
              </Button>
            ),
          },
        ]}
      />
      {mayPlace ? (
        <div>
          <Button onClick={() => setAct({ place: request.profile_id })}>{words.place.open}</Button>
        </div>
      ) : null}
      <HoldDialog
        act={act}
        onDone={() => {
          setAct(undefined);
          reading.refetch();
        }}
        onClose={() => setAct(undefined)}
      />
    </div>
  );
}
