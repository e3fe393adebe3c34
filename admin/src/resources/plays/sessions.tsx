import { useMemo } from 'react';
import { DataList } from '../../components/list/data-list.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useEmbeddedList } from '../../components/list/use-list-page.ts';
import { Panel } from '../../components/page.tsx';
import { StatePage } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import type { PlaybackSessionRow } from '../rows.ts';
import type { PlaysOf } from './answers.ts';
import { ExportPlays } from './export-plays.tsx';
import { sessionColumns } from './session-columns.tsx';
import { SessionFacts, sessionName } from './session-facts.tsx';

const spec: ListSpec = { filters: {}, sortable: ['started_at'], initialSort: { field: 'started_at', order: 'desc' } };

/** Each viewer of a link or a video, the latest first, and all of them as a file. */
export function PlaySessions({ of }: { of: PlaysOf }) {
  const list = useEmbeddedList<PlaybackSessionRow>({
    resource: 'playback_sessions',
    spec,
    pageSize: 10,
    permanent: useMemo(
      () => Object.entries(of).map(([field, value]) => ({ field, operator: 'eq' as const, value })),
      [of],
    ),
    pollMs: () => 20_000,
  });
  return (
    <Panel title={text.plays.sessions.title} flush extra={list.total > 0 ? <ExportPlays of={of} /> : null}>
      <DataList
        list={list}
        label={text.plays.sessions.title}
        columns={sessionColumns('video_id' in of ? 'video' : 'link')}
        nameOf={sessionName}
        expand={(session) => <SessionFacts session={session} />}
        empty={<StatePage kind="empty" level="p" title={text.plays.emptyTitle} body={text.plays.emptyBody} />}
      />
    </Panel>
  );
}
