import type { Clock } from '../clock.ts';
import type { Lifecycle } from '../lifecycle.ts';
import type { MediaFiles } from '../media-files.ts';
import type { Store } from '../store/store.ts';
import type { TranscodeQueue } from '../transcode/queue.ts';

/** What the routes work with. */
export interface DoubleContext {
  readonly store: Store;
  readonly lifecycle: Lifecycle;
  readonly files: MediaFiles;
  readonly queue: TranscodeQueue;
  readonly clock: Clock;
  /** The double's own origin, without a slash at the end. Known once it listens. */
  readonly publicUrl: () => string;
}
