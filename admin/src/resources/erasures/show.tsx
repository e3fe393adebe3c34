import { Button } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { Copyable } from '../../components/copyable.tsx';
import { Moment } from '../../components/moment.tsx';
import { Facts, Page, Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import { useTrail } from '../../shell/breadcrumbs.tsx';
import { AuditTrail } from '../audit-entries/audit-trail.tsx';
import '../audit-entries/audit.css';
import { shortened } from '../short-id.ts';
import { useRecord } from '../use-record.ts';
import type { ErasureRow } from './answers.ts';
import type { Decision } from './decide-dialog.tsx';
import './erasures.css';
import { Holds } from './holds.tsx';
import { DecideDialog } from './late-dialogs.ts';
import { Plan } from './plan.tsx';
import { ReceiptPanel } from './receipt.tsx';
import { ErasureStateTag } from './state-tag.tsx';
import { SubjectPanel } from './subject.tsx';

const pollMs = (row: ErasureRow | undefined) => (row?.state === 'approved' || row?.state === 'running' ? 4_000 : false);

export default function ErasureShow() {
  const { id } = useParams();
  const { row, error, isLoading, refetch } = useRecord<ErasureRow>({ resource: 'erasure_requests', id, pollMs });
  useTrail(row ? shortened(row.id) : undefined);
  if (row) return <ErasurePage request={row} />;
  if (isLoading) return <PageSkeleton />;
  return (
    <Page title={text.erasures.one}>
      <div className="mm-card">
        <ErrorState
          title={text.errors.recordTitle}
          error={error}
          onRetry={refetch}
          back={{ label: text.actions.backTo(text.erasures.title), to: '/erasures' }}
        />
      </div>
    </Page>
  );
}

/** From who asks, over what stands against it, to the plan, its evidence and the receipt. */
function ErasurePage({ request }: { request: ErasureRow }) {
  const [decision, setDecision] = useState<Decision>();
  const words = text.erasures;
  return (
    <Page
      title={words.titleOf(shortened(request.id))}
      aside={<ErasureStateTag {...request} />}
      lead={words.leads[request.state]}
      actions={
        request.state === 'requested' ? (
          <>
            <Button onClick={() => setDecision('decline')}>{words.decline.open}</Button>
            <Button type="primary" danger onClick={() => setDecision('approve')}>
              {words.approve.open}
            </Button>
          </>
        ) : null
      }
    >
      <div className="mm-columns">
        <div className="mm-stack">
          <Holds request={request} />
          {request.state === 'completed' ? <ReceiptPanel request={request} /> : null}
        </div>
        <div className="mm-stack">
          <Panel title={words.about}>
            <Facts items={factsOf(request)} />
          </Panel>
          <SubjectPanel request={request} />
        </div>
      </div>
      <div className="mm-below">
        <Plan request={request} />
      </div>
      <div className="mm-below">
        <AuditTrail title={words.trail} empty={words.noTrail} objects={[request.id]} />
      </div>
      <DecideDialog request={request} decision={decision} onClose={() => setDecision(undefined)} />
    </Page>
  );
}

function factsOf(request: ErasureRow) {
  const words = text.erasures;
  return [
    [words.requestedAt, <Moment key="r" at={request.requested_at} />],
    [words.dueAt, <Moment key="d" at={request.due_at} />],
    [text.reason.label, request.reason],
    [words.decidedAt, <Moment key="a" at={request.decided_at} absent={words.undecided} />],
    ...(request.decision_reason ? ([[words.decisionReason, request.decision_reason]] as const) : []),
    ...(request.step_count > 0
      ? ([[words.progress, words.ended(request.step_count - request.open_step_count, request.step_count)]] as const)
      : []),
    ...(request.completed_at ? ([[words.completedAt, <Moment key="c" at={request.completed_at} />]] as const) : []),
    [words.id, <Copyable key="i" value={request.id} what={words.id} />],
  ] as const;
}
