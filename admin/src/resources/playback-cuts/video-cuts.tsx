import { CheckCircleFilled, ClockCircleOutlined, CloseCircleFilled, LoadingOutlined } from '@ant-design/icons';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { ListFooter } from '../../components/list/list-footer.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useEmbeddedList } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Facts, Panel } from '../../components/page.tsx';
import { ErrorState } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import type { PlaybackCutRow } from '../rows.ts';
import { type CutStep, isUnderWay, stepsOf } from './steps.ts';
import '../videos/timeline.css';
import './cuts.css';

const spec: ListSpec = {
  filters: {},
  sortable: ['requested_at'],
  initialSort: { field: 'requested_at', order: 'desc' },
};

/** The cuts of a video, the newest first, and how far each is; read every second while one is under way. */
export function VideoCuts({ videoId }: { videoId: string }) {
  const list = useEmbeddedList<PlaybackCutRow>({
    resource: 'playback_cuts',
    spec,
    pageSize: 5,
    permanent: useMemo(() => [{ field: 'video_id', operator: 'eq', value: videoId }], [videoId]),
    pollMs: (rows) => (rows.some(isUnderWay) ? 1000 : false),
  });
  const { rows, error, refetch } = list;
  if (error && rows.length === 0) {
    return (
      <Panel title={text.cut.heading}>
        <ErrorState title={text.errors.listTitle} error={error} onRetry={refetch} level="p" />
      </Panel>
    );
  }
  // Most videos are never cut off: no empty panel for that.
  if (rows.length === 0) return null;
  return (
    <Panel title={text.cut.heading}>
      <ul className="mm-cuts">
        {rows.map((cut) => (
          <li key={cut.id}>
            <Cut cut={cut} />
          </li>
        ))}
      </ul>
      {list.total > rows.length ? <ListFooter list={list} /> : null}
    </Panel>
  );
}

function Cut({ cut }: { cut: PlaybackCutRow }) {
  const words = text.cut;
  return (
    <article aria-label={words.one}>
      <p role="status">
        <strong>{words.states[cut.state](cut.confirmed_after_ms)}</strong>
      </p>
      <ol className="mm-timeline mm-gap">
        {stepsOf(cut).map((step) => (
          <li key={step.key} data-look={step.look}>
            <span className="mm-timeline-icon" aria-hidden="true">
              {icons[step.look]}
            </span>
            <div>
              <p>
                {step.name}
                <span className="mm-visually-hidden"> ({words.looks[step.look]})</span>
              </p>
              {step.at ? (
                <div className="mm-small">
                  <Moment at={step.at} inline seconds />
                </div>
              ) : null}
            </div>
          </li>
        ))}
      </ol>
      <Facts
        items={[
          [text.reason.label, cut.reason],
          ...(cut.requested_by_name ? ([[words.by, cut.requested_by_name]] as const) : []),
          ...(cut.revocation_id
            ? ([
                [
                  words.links,
                  <Link key="r" to={`/revocations/${cut.revocation_id}`}>
                    {text.links.bulk.openReceipt}
                  </Link>,
                ],
              ] as const)
            : []),
          ...(cut.state !== 'confirmed' && cut.last_error
            ? ([[words.lastError, <code key="e">{cut.last_error}</code>]] as const)
            : []),
        ]}
      />
    </article>
  );
}

const icons: Record<CutStep['look'], React.ReactNode> = {
  done: <CheckCircleFilled />,
  now: <LoadingOutlined />,
  failed: <CloseCircleFilled />,
  later: <ClockCircleOutlined />,
};
