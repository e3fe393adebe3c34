import { ExperimentOutlined } from '@ant-design/icons';
import { type HttpError, useList } from '@refinedev/core';
import { useOffered } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import type { CanaryRunRow } from '../rows.ts';

/** The probe video is chosen by configuration: seldom another one. */
const staleMs = 10 * 60_000;

/** The video that the worker measures on; undefined while that is not known, where none is, and to who does not read the measurements. */
function useProbeVideo(): string | undefined {
  const enabled = useOffered('canary_runs', 'list');
  const { result } = useList<Pick<CanaryRunRow, 'id' | 'video_id'>, HttpError>({
    resource: 'canary_runs',
    sorters: [{ field: 'started_at', order: 'desc' }],
    pagination: { currentPage: 1, pageSize: 1 },
    meta: { count: 'none' },
    queryOptions: { enabled, staleTime: staleMs },
    errorNotification: false,
  });
  return result.data[0]?.video_id;
}

/** Says of a video, or of a link to it, that the worker measures on it: nobody's video, and a link that comes and goes by itself. */
export function ProbeMark({ videoId }: { videoId: string }) {
  return useProbeVideo() === videoId ? (
    <div className="mm-small mm-quiet">
      <ExperimentOutlined aria-hidden /> {text.bound.probe}
    </div>
  ) : null;
}
