import { useMemo } from 'react';
import { Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton, StatePage } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import type { PlaysRow } from '../rows.ts';
import { useRecord } from '../use-record.ts';
import { useRowsOf } from '../use-rows-of.ts';
import { curvePiece, type PlaysOf } from './answers.ts';
import { Figures } from './figures.tsx';
import './plays.css';
import { RetentionChart } from './retention-chart.tsx';

/** People watch while this is looked at. */
const pollMs = 20_000;

/** What was watched by a link, or of a video: the figures, and how far people watch. */
export function PlaysSummary({ of }: { of: PlaysOf }) {
  const [resource, id] = 'video_id' in of ? ['video_plays', of.video_id] : ['share_token_plays', of.share_token_id];
  const { row, error, isLoading, refetch } = useRecord<PlaysRow>({ resource, id, pollMs: () => pollMs });
  return (
    <Panel title={text.plays.section}>
      {row ? (
        row.play_count === 0 && row.error_session_count === 0 ? (
          <StatePage kind="empty" level="p" title={text.plays.emptyTitle} body={text.plays.emptyBody} />
        ) : (
          <div className="mm-plays">
            <Figures plays={row} />
            <Curve of={of} />
          </div>
        )
      ) : isLoading ? (
        <PageSkeleton />
      ) : (
        <ErrorState title={text.errors.recordTitle} error={error} onRetry={refetch} level="p" />
      )}
    </Panel>
  );
}

function Curve({ of }: { of: PlaysOf }) {
  const args = useMemo(() => ({ ...of, pieces: 100 }), [of]);
  const { rows, error, isLoading, refetch } = useRowsOf('retention_curve', curvePiece, { args, pollMs });
  if (isLoading) return <PageSkeleton />;
  if (!rows) return <ErrorState title={text.errors.recordTitle} error={error} onRetry={refetch} level="p" />;
  if (rows.length === 0) return <p className="mm-quiet">{text.plays.curve.empty}</p>;
  return <RetentionChart curve={rows} />;
}
