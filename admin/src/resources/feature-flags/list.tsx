import { CheckCircleOutlined, MinusCircleOutlined, PieChartOutlined } from '@ant-design/icons';
import { type HttpError, useList } from '@refinedev/core';
import { Button } from 'antd';
import { useState } from 'react';
import { Moment } from '../../components/moment.tsx';
import { Facts, Page, Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton, StatePage } from '../../components/states.tsx';
import { Status } from '../../components/status.tsx';
import { useOffered } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import { AuditTrail } from '../audit-entries/audit-trail.tsx';
import '../audit-entries/audit.css';
import type { FlagRow } from './answers.ts';
import './feature-flags.css';
import { ChangeFlag } from './late-dialog.ts';
import { settingsWords } from './settings.ts';

/** Switches of the running product: what each does, how it stands, and who changed it why. */
export default function FeatureFlagsPage() {
  const [changing, setChanging] = useState<FlagRow>();
  const { query, result } = useList<FlagRow, HttpError>({
    resource: 'feature_flags',
    sorters: [{ field: 'id', order: 'asc' }],
    pagination: { currentPage: 1, pageSize: 100 },
    errorNotification: false,
  });
  const words = text.flags;
  return (
    <Page title={words.title} lead={words.lead}>
      {query.data ? (
        result.data.length === 0 ? (
          <StatePage kind="empty" level="h2" title={words.empty} />
        ) : (
          <div className="mm-stack">
            {result.data.map((flag) => (
              <Flag key={flag.id} flag={flag} onChange={() => setChanging(flag)} />
            ))}
          </div>
        )
      ) : query.error ? (
        <ErrorState title={text.errors.listTitle} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <PageSkeleton />
      )}
      <ChangeFlag flag={changing} onClose={() => setChanging(undefined)} />
    </Page>
  );
}

function Flag({ flag, onChange }: { flag: FlagRow; onChange: () => void }) {
  const [showsHistory, setShowsHistory] = useState(false);
  const mayChange = useOffered('feature_flags', 'change');
  // An operator does not read the audit log.
  const readsLog = useOffered('audit_entries', 'list');
  const words = text.flags;
  return (
    <div className="mm-stack">
      <Panel
        title={flag.id}
        extra={
          <span className="mm-flag-head">
            <FlagState flag={flag} />
            {mayChange ? (
              <Button onClick={onChange} aria-label={words.changeThis(flag.id)}>
                {words.change}
              </Button>
            ) : null}
          </span>
        }
      >
        <Facts
          items={[
            [words.columns.what, flag.description],
            [words.columns.state, `${settingsWords(flag)}. ${words.about(words.subjects[flag.applies_to] ?? '')}`],
            [
              words.columns.changed,
              flag.changed_by ? (
                <>
                  <Moment at={flag.updated_at} inline />
                  {flag.reason ? <div>{flag.reason}</div> : null}
                </>
              ) : (
                words.asDelivered
              ),
            ],
          ]}
        />
        {readsLog && !showsHistory ? (
          <Button
            size="small"
            className="mm-flag-history"
            onClick={() => setShowsHistory(true)}
            aria-label={words.historyOf(flag.id)}
          >
            {words.history}
          </Button>
        ) : null}
      </Panel>
      {showsHistory ? (
        <AuditTrail title={words.historyOf(flag.id)} empty={words.noHistory} objects={[flag.id]} />
      ) : null}
    </div>
  );
}

function FlagState({ flag }: { flag: FlagRow }) {
  const isOff = !flag.is_enabled || flag.rollout_percent === 0;
  const isPart = !isOff && (flag.rollout_percent < 100 || flag.roles.length > 0);
  return isOff ? (
    <Status tone="quiet" icon={<MinusCircleOutlined />}>
      {text.flags.states.off}
    </Status>
  ) : (
    <Status tone={isPart ? 'warn' : 'good'} icon={isPart ? <PieChartOutlined /> : <CheckCircleOutlined />}>
      {settingsWords(flag)}
    </Status>
  );
}
