/**
 * staged → queued → requesting → uploading ⇄ paused → sent → ready | refused; failed and cancelled from anywhere in between.
 * With `sent` the browser's part is done: what comes then is what the video's own status tells.
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
  | 'sent'
  | 'ready'
  /** Mux could not make a video of it. */
  | 'refused';

/** Where the bytes go; asked for once, and again when the address has died. Kept in memory only: who has it may write. */
export type UploadTicket = { uploadJobId: string; videoId: string; uploadUrl: string };

/** A link to be made together with the upload. */
export type ShareWish = { hours: number; label: string };

/** The link as it was answered, once. */
export type UploadLink = { publicId: string; secret: string; expiresAt: string; isCopied: boolean };

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
  /** The file does not begin like a video; it may be uploaded all the same. */
  readonly isDoubtful: boolean;
  readonly share?: ShareWish | undefined;
  readonly link?: UploadLink | undefined;
  readonly fault?: UploadFault | undefined;
  readonly ticket?: UploadTicket | undefined;
};

/** The upload as it stands on the list before anything was sent. */
export function newItem(file: File, title: string): UploadItem {
  return {
    id: crypto.randomUUID(),
    file,
    title,
    state: 'staged',
    sentBytes: 0,
    bytesPerSecond: 0,
    isWaiting: false,
    isDoubtful: false,
  };
}

const busy: ReadonlySet<UploadState> = new Set(['queued', 'requesting', 'uploading', 'paused', 'cancelling']);
const finished: ReadonlySet<UploadState> = new Set(['sent', 'ready', 'cancelled']);

/** Bytes are on their way, or are to be. */
export function isBusy(item: UploadItem): boolean {
  return busy.has(item.state);
}

/** A link that works, or will, and that nobody has copied: it can be read nowhere else. */
export function hasUncopiedLink({ state, link }: UploadItem): boolean {
  return link !== undefined && !link.isCopied && state !== 'cancelled' && state !== 'refused';
}

/** Leaving the page now would lose something. */
export function isLosable(item: UploadItem): boolean {
  return isBusy(item) || hasUncopiedLink(item);
}

/** Nothing is left to do about it. */
export function isFinished(item: UploadItem): boolean {
  return finished.has(item.state) && !hasUncopiedLink(item);
}

/** This tab is the one that sends, or may go on sending, to its address. */
export function isHeld(item: UploadItem): boolean {
  return isBusy(item) || item.state === 'failed';
}

export function percentOf(item: UploadItem): number {
  if (item.state === 'sent' || item.state === 'ready') return 100;
  return item.file.size === 0 ? 0 : Math.min(99, Math.floor((item.sentBytes / item.file.size) * 100));
}

export type Overall = { count: number; percent: number; bytesPerSecond: number; secondsLeft: number | undefined };

/** All that is on its way, as one; by bytes, so that a large file counts for what it is. */
export function overall(items: readonly UploadItem[]): Overall {
  const running = items.filter(isBusy);
  const sum = (of: (item: UploadItem) => number) => running.reduce((total, item) => total + of(item), 0);
  const [size, sent] = [sum(({ file }) => file.size), sum(({ sentBytes }) => sentBytes)];
  const bytesPerSecond = sum((item) => item.bytesPerSecond);
  return {
    count: running.length,
    percent: size === 0 ? 0 : Math.min(99, Math.floor((sent / size) * 100)),
    bytesPerSecond,
    secondsLeft: bytesPerSecond > 0 ? (size - sent) / bytesPerSecond : undefined,
  };
}
