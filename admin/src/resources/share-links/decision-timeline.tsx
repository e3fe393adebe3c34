import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { type ReactNode, useMemo } from 'react';
import { ListFooter } from '../../components/list/list-footer.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useEmbeddedList } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton, StatePage } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import { agentWords, ruleWords } from '../playback-decisions/rules.ts';
import type { DecisionRow } from '../rows.ts';
import '../videos/timeline.css';

const spec: ListSpec = {
  filters: {},
  sortable: ['decided_at'],
  initialSort: { field: 'decided_at', order: 'desc' },
};

/** Who tried the link, and what they were told. Renewals while somebody goes on watching are left out. */
export function DecisionTimeline({ linkId, extra }: { linkId: string; extra?: ReactNode }) {
  const list = useEmbeddedList<DecisionRow>({
    resource: 'playback_decisions',
    spec,
    pageSize: 10,
    permanent: useMemo(
      () => [
        { field: 'share_token_id', operator: 'eq', value: linkId },
        { field: 'is_renewal', operator: 'eq', value: false },
      ],
      [linkId],
    ),
  });
  return (
    <Panel title={text.links.timeline} extra={extra}>
      <Body list={list} />
    </Panel>
  );
}

function Body({ list }: { list: ReturnType<typeof useEmbeddedList<DecisionRow>> }) {
  if (list.error && list.rows.length === 0) {
    return <ErrorState title={text.errors.listTitle} error={list.error} onRetry={list.refetch} level="p" />;
  }
  if (list.isLoading) return <PageSkeleton />;
  if (list.rows.length === 0) return <StatePage kind="empty" level="p" title={text.links.noTimeline} />;
  return (
    <>
      <ol className="mm-timeline">
        {list.rows.map((decision) => (
          <li key={decision.id} data-look={decision.allowed ? 'done' : 'failed'}>
            <span className="mm-timeline-icon" aria-hidden="true">
              {decision.allowed ? <CheckCircleFilled /> : <CloseCircleFilled />}
            </span>
            <div>
              <p>{decision.allowed ? text.decisions.allowed : text.decisions.refused}</p>
              <div>{ruleWords(decision.rule)}</div>
              <div className="mm-small">
                <Moment at={decision.decided_at} inline seconds />
                <span className="mm-quiet"> · {agentWords(decision.user_agent_family)}</span>
              </div>
            </div>
          </li>
        ))}
      </ol>
      <ListFooter list={list} />
    </>
  );
}
