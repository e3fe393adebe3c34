import { keyRotations } from '@mm/api/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { late } from '../../components/late.tsx';
import { Page } from '../../components/page.tsx';
import { RunbookLead } from '../../components/runbook.tsx';
import { ErrorState, PageSkeleton } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import { useNow } from '../../time/use-now.ts';
import { useRowsOf } from '../use-rows-of.ts';
import { keyRow } from './answers.ts';
import { KeysOfRotation } from './keys-of-rotation.tsx';
import { progressOf } from './progress.ts';
import type { Asked } from './rotate-dialog.tsx';

const RotateDialog = late(
  () => import('./rotate-dialog.tsx').then((loaded) => loaded.RotateDialog),
  ({ asked }) => asked !== undefined,
);

/** While somebody watches a rotation, its first delivery and its end are seen soon. */
const pollMs = 5_000;

/** The keys and secrets that rotate, how far each rotation is, and its next step. */
export default function KeyList() {
  const { rows, error, isLoading, refetch } = useRowsOf('keys', keyRow, { pollMs });
  const [asked, setAsked] = useState<Asked>();
  const now = useNow();
  const words = text.keys;
  return (
    <Page title={words.title} lead={<RunbookLead lead={words.lead} name="rotate-mux-keys" />}>
      {isLoading ? <PageSkeleton /> : null}
      {!isLoading && !rows ? <ErrorState title={text.errors.listTitle} error={error} onRetry={refetch} /> : null}
      {rows ? (
        <div className="mm-stack">
          {keyRotations.map((rotation) => {
            const keys = rows.filter((row) => row.rotation === rotation);
            const progress = progressOf(keys, now);
            return (
              <KeysOfRotation
                key={rotation}
                rotation={rotation}
                keys={keys}
                progress={progress}
                action={
                  <Button
                    type={progress.stage === 'due' || progress.stage === 'ready' ? 'primary' : 'default'}
                    disabled={rotation === 'mux-signing' && progress.stage === 'draining'}
                    onClick={() => setAsked({ rotation, progress })}
                  >
                    {progress.stage === 'idle' ? words.rotate : words.goOn}
                  </Button>
                }
              />
            );
          })}
        </div>
      ) : null}
      <RotateDialog
        asked={asked}
        onClose={(done) => {
          setAsked(undefined);
          if (done) refetch();
        }}
      />
    </Page>
  );
}
