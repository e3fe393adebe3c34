import type { RequestUploadAnswer } from '@mm/api/contract';
import type { Api } from '../providers/api/index.ts';
import { videoType } from './check-file.ts';
import { fingerprintOf } from './fingerprint.ts';
import { TransferError, type TransferOptions, transfer } from './resumable-transfer.ts';
import { speedMeter } from './speed.ts';
import { explain } from './upload-faults.ts';
import type { UploadItem, UploadTicket } from './upload-item.ts';

export type UploadApi = Pick<Api, 'requestUpload' | 'resumeUpload' | 'cancelUpload'>;

export type RunContext = {
  api: UploadApi;
  transport: Pick<TransferOptions, 'put' | 'backoff'>;
  /** Milliseconds of a clock that only goes forward. */
  now: () => number;
  /** The end of a link that lives so many hours from now, by the server's clock. */
  shareEnd: (hours: number) => Date;
};

type Change = (change: (item: UploadItem) => UploadItem) => void;

/** Brings one file to Mux: asks for the address if there is none, then sends. Tells every step by `change`; never rejects. */
export async function runUpload(
  item: UploadItem,
  signal: AbortSignal,
  change: Change,
  context: RunContext,
): Promise<void> {
  const { api, transport, now } = context;
  const meter = speedMeter();
  let ticket = item.ticket;
  const resuming = ticket !== undefined;
  try {
    ticket ??= await requestTicket(item, change, context);
    signal.throwIfAborted();
    change((before) => ({ ...before, state: 'uploading', isWaiting: false }));
    await transfer({
      put: transport.put,
      backoff: async (failures, stopped) => {
        meter.reset();
        change((before) => ({ ...before, isWaiting: true, bytesPerSecond: 0 }));
        await transport.backoff(failures, stopped);
      },
      url: ticket.uploadUrl,
      file: item.file,
      signal,
      resuming,
      onProgress: (sentBytes) => {
        const bytesPerSecond = meter.add(sentBytes, now());
        change((before) => ({ ...before, sentBytes, bytesPerSecond, isWaiting: false }));
      },
    });
    change((before) => ({ ...before, state: 'sent', bytesPerSecond: 0 }));
  } catch (error) {
    if (signal.aborted) return;
    const dead = error instanceof TransferError && error.fault === 'ended';
    change((before) => ({
      ...before,
      state: 'failed',
      bytesPerSecond: 0,
      isWaiting: false,
      fault: explain(error),
      // Nothing more can be sent to a dead address: the next try asks for a new one, with a new link.
      ...(dead ? { ticket: undefined, link: undefined, sentBytes: 0 } : {}),
    }));
    if (dead && ticket) await api.cancelUpload(ticket.uploadJobId).catch(() => undefined);
  }
}

async function requestTicket(item: UploadItem, change: Change, { api, shareEnd }: RunContext): Promise<UploadTicket> {
  change((before) => ({ ...before, state: 'requesting' }));
  const { title, file, share } = item;
  const answer = await api.requestUpload({
    title,
    fileName: file.name,
    fileSizeBytes: file.size,
    contentType: videoType(file) ?? file.type,
    fileFingerprint: await fingerprintOf(file),
    ...(share ? { shareExpiresAt: shareEnd(share.hours).toISOString(), shareLabel: share.label } : {}),
  });
  const { uploadJobId, videoId, uploadUrl } = answer;
  const ticket = { uploadJobId, videoId, uploadUrl };
  change((before) => ({ ...before, ticket, link: linkOf(answer) }));
  return ticket;
}

function linkOf({ share }: RequestUploadAnswer): UploadItem['link'] {
  if (!share) return undefined;
  const { publicId, secret, expiresAt } = share;
  return { publicId, secret, expiresAt, isCopied: false };
}
