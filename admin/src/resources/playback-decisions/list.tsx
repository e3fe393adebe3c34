import { Link } from 'react-router';
import { Copyable } from '../../components/copyable.tsx';
import { ChoiceField } from '../../components/list/choice-fields.tsx';
import { type Column, DataList } from '../../components/list/data-list.tsx';
import { RangeField } from '../../components/list/filter-fields.tsx';
import { Filters, SearchField } from '../../components/list/filters.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { RecordField } from '../../components/list/record-field.tsx';
import { useListPage } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Facts, Page } from '../../components/page.tsx';
import { StatePage } from '../../components/states.tsx';
import { OutcomeTag } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import type { DecisionRow } from '../rows.ts';
import { coachSource, videoSource } from '../sources.ts';
import { agentWords, ruleLabel, rules, ruleWords } from './rules.ts';

const spec: ListSpec = {
  filters: {
    q: { kind: 'search', fields: ['public_id', 'request_id'] },
    outcome: { kind: 'choice', field: 'allowed', values: ['true', 'false'] },
    rule: { kind: 'choice', field: 'rule', values: rules },
    kind: { kind: 'choice', field: 'kind', values: ['share', 'preview'] },
    renewal: { kind: 'choice', field: 'is_renewal', values: ['false', 'true'] },
    video: { kind: 'record', field: 'video_id' },
    coach: { kind: 'record', field: 'coach_id' },
    when: { kind: 'range', field: 'decided_at' },
  },
  sortable: ['decided_at'],
  initialSort: { field: 'decided_at', order: 'desc' },
};

const columns: readonly Column<DecisionRow>[] = [
  {
    key: 'decided_at',
    title: text.decisions.columns.when,
    card: 'heading',
    width: 190,
    render: ({ decided_at: at }) => <Moment at={at} seconds />,
  },
  {
    key: 'outcome',
    title: text.decisions.columns.outcome,
    card: 'badge',
    width: 130,
    render: ({ allowed }) => <OutcomeTag allowed={allowed} />,
  },
  {
    key: 'rule',
    title: text.decisions.columns.rule,
    card: 'fact',
    render: ({ rule, is_renewal }) => (
      <>
        {ruleWords(rule)}
        {is_renewal ? <span className="mm-quiet"> {text.decisions.renewal}</span> : null}
      </>
    ),
  },
  {
    key: 'video_title',
    title: text.decisions.columns.video,
    card: 'fact',
    render: ({ video_id, video_title }) =>
      video_id ? (
        <Link to={`/videos/${video_id}`}>{video_title ?? video_id}</Link>
      ) : (
        <span className="mm-quiet">{text.time.none}</span>
      ),
  },
  {
    key: 'link',
    title: text.decisions.columns.link,
    card: 'fact',
    width: 150,
    render: ({ kind, share_token_id, public_id }) => {
      if (kind === 'preview') return text.decisions.kinds.preview;
      if (!public_id) return <span className="mm-quiet">{text.time.none}</span>;
      if (!share_token_id) return <code>{public_id}</code>;
      return (
        <Link to={`/share-links/${share_token_id}`}>
          <code>{public_id}</code>
        </Link>
      );
    },
  },
  {
    key: 'by',
    title: text.decisions.columns.by,
    card: 'fact',
    width: 130,
    from: 1300,
    render: ({ user_agent_family }) => agentWords(user_agent_family),
  },
];

export default function DecisionList() {
  const list = useListPage<DecisionRow>({ resource: 'playback_decisions', spec });
  return (
    <Page title={text.decisions.title} lead={text.decisions.lead}>
      <Filters list={list}>
        <SearchField list={list} name="q" label={text.decisions.searchLabel} />
        <ChoiceField
          list={list}
          name="outcome"
          label={text.decisions.outcome}
          choices={[
            { value: 'true', label: text.decisions.allowed },
            { value: 'false', label: text.decisions.refused },
          ]}
        />
        <ChoiceField
          list={list}
          name="rule"
          label={text.decisions.rule}
          choices={rules.map((value) => ({ value, label: ruleLabel(value) }))}
        />
        <ChoiceField
          list={list}
          name="kind"
          label={text.decisions.kind}
          choices={(['share', 'preview'] as const).map((value) => ({ value, label: text.decisions.kinds[value] }))}
        />
        <ChoiceField
          list={list}
          name="renewal"
          label={text.decisions.plays}
          choices={[
            { value: 'false', label: text.decisions.starts },
            { value: 'true', label: text.decisions.renewals },
          ]}
        />
        <RecordField list={list} name="video" label={text.decisions.columns.video} source={videoSource} />
        <RecordField list={list} name="coach" label={text.videos.columns.coach} source={coachSource} />
        <RangeField list={list} name="when" label={text.decisions.when} />
      </Filters>
      <DataList
        list={list}
        label={text.decisions.title}
        columns={columns}
        nameOf={({ decided_at, allowed }) =>
          `${allowed ? text.decisions.allowed : text.decisions.refused}, ${exact(new Date(decided_at), { seconds: true })}`
        }
        expand={({ rule, request_id, token_expires_at, user_agent_family }) => (
          <Facts
            items={[
              [text.decisions.rule, <code key="r">{rule}</code>],
              [text.decisions.columns.until, <Moment key="t" at={token_expires_at} inline seconds />],
              [text.decisions.columns.by, agentWords(user_agent_family)],
              [
                text.decisions.requestId,
                request_id ? <Copyable key="q" value={request_id} what={text.decisions.requestId} /> : text.time.none,
              ],
            ]}
          />
        )}
        empty={<StatePage kind="empty" level="h2" title={text.decisions.emptyTitle} body={text.decisions.emptyBody} />}
      />
    </Page>
  );
}
