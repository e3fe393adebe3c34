import { CheckCircleOutlined, CloseCircleOutlined, SyncOutlined } from '@ant-design/icons';
import { Moment } from '../../../components/moment.tsx';
import { Facts } from '../../../components/page.tsx';
import { Status } from '../../../components/status.tsx';
import { text } from '../../../locales/index.ts';
import type { Phase } from './use-verification.ts';
import type { Report } from './verify-export.ts';

/** How far the check is, and what it found. */
export function PhaseView({ phase, isOwnKeys }: { phase: Phase; isOwnKeys: boolean }) {
  const words = text.verify;
  return (
    <div role="status" className="mm-verify-phase">
      {phase.is === 'reading' ? (
        <Status tone="busy" icon={<SyncOutlined spin />}>
          {words.reading(phase.lines)}
        </Status>
      ) : phase.is === 'broken' ? (
        <NotProven why={words.broken} />
      ) : phase.is === 'done' ? (
        phase.report.ok ? (
          <Proven report={phase.report} isOwnKeys={isOwnKeys} />
        ) : (
          <NotProven why={`${words.inLine(phase.report.line)}: ${words.faults[phase.report.code]}`} />
        )
      ) : null}
    </div>
  );
}

function NotProven({ why }: { why: string }) {
  return (
    <>
      <Status tone="bad" icon={<CloseCircleOutlined />}>
        {text.verify.notProven}
      </Status>
      <p>{why}</p>
    </>
  );
}

function Proven({ report, isOwnKeys }: { report: Report & { ok: true }; isOwnKeys: boolean }) {
  const words = text.verify;
  const { kind, entries, batches, removed, checkpoint, signer, holds } = report;
  if (holds === false) return <NotProven why={words.entry.missing} />;
  return (
    <>
      <Status tone="good" icon={<CheckCircleOutlined />}>
        {words.proven}
      </Status>
      <p>
        {holds ? words.entry.holds : kind === 'whole' ? words.whole(entries, batches) : words.selection(entries)}
        {removed > 0 ? ` ${words.removed(removed)}` : ''}
      </p>
      <Facts
        items={[
          [words.checkpoint, words.checkpointOf(checkpoint.size, checkpoint.entries)],
          [words.signed, <Moment key="t" at={checkpoint.time} inline seconds />],
          [
            words.signer,
            <span key="k">
              <code>{signer}</code>, {isOwnKeys ? words.ownKeys : words.serverKeys}
            </span>,
          ],
        ]}
      />
    </>
  );
}
