import { CheckCircleOutlined, DesktopOutlined, StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { type Column, DataList } from '../../components/list/data-list.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useEmbeddedList } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/page.tsx';
import { StatePage } from '../../components/states.tsx';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import { shortened } from '../short-id.ts';
import type { SessionRow } from './answers.ts';
import type { Ending } from './end-sessions.tsx';
import { EndSessions } from './late-dialogs.ts';
import { useOpenSessions } from './use-open-sessions.ts';

const spec: ListSpec = {
  filters: {},
  sortable: ['last_seen_at', 'first_seen_at'],
  initialSort: { field: 'last_seen_at', order: 'desc' },
};

type Props = {
  person: { id: string; name: string };
  isOwn: boolean;
};

/** Where a person is and was signed in; each session, and all together, can be ended. */
export function Sessions({ person, isOwn }: Props) {
  const openCount = useOpenSessions(person.id);
  const [ending, setEnding] = useState<Ending>();
  const list = useEmbeddedList<SessionRow>({
    resource: 'sessions',
    spec,
    pageSize: 10,
    permanent: useMemo(() => [{ field: 'profile_id', operator: 'eq', value: person.id }], [person.id]),
  });
  const words = text.people;
  return (
    <Panel
      title={words.sessions.title}
      flush
      extra={
        openCount ? (
          <Button danger onClick={() => setEnding({ count: openCount })}>
            {isOwn ? words.acts.endOthers : words.acts.endAll}
          </Button>
        ) : null
      }
    >
      <DataList
        list={list}
        label={words.sessions.title}
        columns={columnsOf((session) => setEnding({ session }))}
        empty={<StatePage kind="empty" level="p" title={words.sessions.none} />}
      />
      <EndSessions person={person} isOwn={isOwn} ending={ending} onClose={() => setEnding(undefined)} />
    </Panel>
  );
}

function columnsOf(end: (session: SessionRow) => void): readonly Column<SessionRow>[] {
  const words = text.people.sessions;
  return [
    {
      key: 'id',
      title: words.columns.session,
      card: 'heading',
      width: 150,
      render: ({ id }) => <code title={id}>{shortened(id)}</code>,
    },
    {
      key: 'state',
      title: words.columns.state,
      card: 'badge',
      render: (row) => <SessionState session={row} />,
    },
    {
      key: 'last_seen_at',
      title: words.columns.last,
      card: 'fact',
      width: 190,
      render: ({ last_seen_at: at }) => <Moment at={at} />,
    },
    {
      key: 'first_seen_at',
      title: words.columns.first,
      card: 'fact',
      width: 190,
      from: 1600,
      render: ({ first_seen_at: at }) => <Moment at={at} />,
    },
    {
      key: 'act',
      title: text.list.actions,
      hideTitle: true,
      card: 'fact',
      width: 90,
      align: 'right',
      render: (row) =>
        row.denied_at ? null : (
          <Button size="small" onClick={() => end(row)} aria-label={text.people.acts.endThis(shortened(row.id))}>
            {text.people.acts.endOne}
          </Button>
        ),
    },
  ];
}

function SessionState({
  session: { denied_at: at, deny_reason: reason, is_current: isHere },
}: {
  session: SessionRow;
}) {
  const words = text.people.sessions;
  if (at)
    return (
      <>
        <Status tone="quiet" icon={<StopOutlined />}>
          {words.states.ended}
        </Status>
        <div className="mm-small">
          <Moment at={at} inline />
          {reason ? <div className="mm-quiet">{reason}</div> : null}
        </div>
      </>
    );
  return isHere ? (
    <Status tone="busy" icon={<DesktopOutlined />}>
      {words.states.here}
    </Status>
  ) : (
    <Status tone="good" icon={<CheckCircleOutlined />}>
      {words.states.open}
    </Status>
  );
}
