import type { ApiError } from '../providers/data/index.ts';

/**
 * staged → queued → requesting → uploading ⇄ paused → sent; failed and cancelled from anywhere in between.
 * `sent` ends what this browser does: from then on the video's own status tells how it goes on.
 */
export type UploadState =
  | 'staged'
  /** Plainly no video that can be uploaded; nobody was asked. */
  | 'rejected'
  | 'queued'
  | 'requesting'
  | 'uploading'
  | 'paused'
  | 'failed'
  | 'cancelling'
  | 'cancelled'
  | 'sent';

/** Where the bytes go; asked for once, and again when the address has died. */
export type UploadTicket = { uploadJobId: string; videoId: string; uploadUrl: string };

export type UploadFault = {
  /** Empty when all there is to say is about the title. */
  message: string;
  /** Message about the title, for its field. */
  title?: string | undefined;
  requestId?: string | undefined;
};

export type UploadItem = {
  readonly id: string;
  readonly file: File;
  readonly title: string;
  readonly state: UploadState;
  readonly sentBytes: number;
  readonly bytesPerSecond: number;
  /** The connection was lost; the next attempt comes by itself. */
  readonly isWaiting: boolean;
  readonly fault?: UploadFault | undefined;
  readonly ticket?: UploadTicket | undefined;
};

const busy: ReadonlySet<UploadState> = new Set(['queued', 'requesting', 'uploading', 'paused', 'cancelling']);

/** Leaving the page now would lose something. */
export function isBusy(item: UploadItem): boolean {
  return busy.has(item.state);
}

export function percentOf(item: UploadItem): number {
  if (item.state === 'sent') return 100;
  return item.file.size === 0 ? 0 : Math.min(99, Math.floor((item.sentBytes / item.file.size) * 100));
}

/** A refusal of the server, as it is shown at the file. */
export function faultFrom(error: ApiError): UploadFault {
  const { title, ...others } = error.errors ?? {};
  const about = Array.isArray(title) ? title.join(' ') : undefined;
  const details = Object.values(others)
    .flat()
    .filter((message) => typeof message === 'string');
  return {
    message: details.length > 0 || about ? details.join(' ') : error.message,
    title: about,
    requestId: error.requestId,
  };
}
