import { ChoiceField } from '../../components/list/choice-fields.tsx';
import { DataList } from '../../components/list/data-list.tsx';
import { RangeField } from '../../components/list/filter-fields.tsx';
import { Filters } from '../../components/list/filters.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { RecordField } from '../../components/list/record-field.tsx';
import { useListPage } from '../../components/list/use-list-page.ts';
import { Page } from '../../components/page.tsx';
import { StatePage } from '../../components/states.tsx';
import { useAccount } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import type { PlaybackSessionRow } from '../rows.ts';
import { coachSource, videoSource } from '../sources.ts';
import { PlaysByDay } from './days.tsx';
import { sessionColumns } from './session-columns.tsx';
import { SessionFacts, sessionName } from './session-facts.tsx';

const spec: ListSpec = {
  filters: {
    video: { kind: 'record', field: 'video_id' },
    coach: { kind: 'record', field: 'coach_id' },
    measured: { kind: 'choice', field: 'is_measured', values: ['true', 'false'] },
    when: { kind: 'range', field: 'started_at' },
  },
  sortable: ['started_at'],
  initialSort: { field: 'started_at', order: 'desc' },
};

/** Everything that was watched: by day, and viewer by viewer. */
export default function PlaysPage() {
  const ofAllCoaches = useAccount().role !== 'coach';
  const list = useListPage<PlaybackSessionRow>({ resource: 'playback_sessions', spec, pollMs: () => 30_000 });
  const words = text.plays.sessions;
  return (
    <Page title={text.plays.title} lead={ofAllCoaches ? text.plays.leadAll : text.plays.lead}>
      <div className="mm-stack">
        <PlaysByDay />
        <div>
          <Filters list={list}>
            <RecordField list={list} name="video" label={words.columns.video} source={videoSource} />
            {ofAllCoaches ? (
              <RecordField list={list} name="coach" label={text.videos.columns.coach} source={coachSource} />
            ) : null}
            <ChoiceField
              list={list}
              name="measured"
              label={words.measured}
              choices={[
                { value: 'true', label: words.yes },
                { value: 'false', label: words.no },
              ]}
            />
            <RangeField list={list} name="when" label={words.when} />
          </Filters>
          <DataList
            list={list}
            label={words.title}
            columns={sessionColumns('all')}
            nameOf={sessionName}
            expand={(session) => <SessionFacts session={session} />}
            empty={<StatePage kind="empty" level="h2" title={text.plays.emptyTitle} body={text.plays.emptyBody} />}
          />
        </div>
      </div>
    </Page>
  );
}
