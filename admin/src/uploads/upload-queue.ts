import { text } from '../locales/index.ts';
import type { Api } from '../providers/api/index.ts';
import { isApiError } from '../providers/data/index.ts';
import { fileFault, titleFrom, videoType } from './check-file.ts';
import { TransferError, type TransferOptions, transfer } from './resumable-transfer.ts';
import { speedMeter } from './speed.ts';
import { faultFrom, isBusy, type UploadFault, type UploadItem, type UploadTicket } from './upload-item.ts';
import { browserBackoff, xhrPut } from './xhr-put.ts';

/** Two at a time: more only share the same line, and each one's end comes later. */
const atOnce = 2;

export type UploadApi = Pick<Api, 'requestUpload' | 'cancelUpload'>;
type Transport = Pick<TransferOptions, 'put' | 'backoff'>;

/**
 * The uploads of this browser tab. They live outside of any page, so that walking through the back office does not stop
 * them. An external store for React: `items` is a new array whenever anything changed.
 */
export class UploadQueue {
  #items: readonly UploadItem[] = [];
  readonly #running = new Map<string, { stop: AbortController; ended: Promise<void> }>();
  readonly #listeners = new Set<() => void>();
  readonly #api: UploadApi;
  readonly #transport: Transport;
  readonly #now: () => number;

  constructor(
    api: UploadApi,
    transport: Transport = { put: xhrPut, backoff: browserBackoff },
    now: () => number = () => performance.now(),
  ) {
    this.#api = api;
    this.#transport = transport;
    this.#now = now;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly items = (): readonly UploadItem[] => this.#items;

  /** Puts files on the list; those that plainly cannot be uploaded stand there with the reason. */
  add(files: readonly File[], maxBytes: number): void {
    const added = files.map((file): UploadItem => {
      const message = fileFault(file, maxBytes);
      return {
        id: crypto.randomUUID(),
        file,
        title: titleFrom(file.name),
        state: message ? 'rejected' : 'staged',
        sentBytes: 0,
        bytesPerSecond: 0,
        isWaiting: false,
        fault: message ? { message } : undefined,
      };
    });
    this.#publish([...this.#items, ...added]);
  }

  setTitle(id: string, title: string): void {
    this.#change(id, (item) => ({ ...item, title, fault: item.state === 'staged' ? undefined : item.fault }));
  }

  /** Starts what is staged, or goes on with what was paused or failed. */
  start(...ids: readonly string[]): void {
    for (const id of ids) {
      this.#change(id, (item) =>
        ['staged', 'paused', 'failed'].includes(item.state) ? { ...item, state: 'queued', fault: undefined } : item,
      );
    }
    this.#startNext();
  }

  pause(id: string): void {
    this.#change(id, (item) =>
      item.state === 'queued' || item.state === 'uploading' ? { ...item, state: 'paused', bytesPerSecond: 0 } : item,
    );
    this.#running.get(id)?.stop.abort();
  }

  /** Ends an upload here and on the server. */
  async cancel(id: string): Promise<void> {
    const item = this.#find(id);
    if (!item || !(isBusy(item) || item.state === 'failed')) return;
    this.#change(id, (before) => ({ ...before, state: 'cancelling', bytesPerSecond: 0 }));
    const run = this.#running.get(id);
    run?.stop.abort();
    // The server may just be saying yes: only then is it known what there is to cancel.
    await run?.ended;
    const ticket = this.#find(id)?.ticket;
    try {
      const answer = ticket ? await this.#api.cancelUpload(ticket.uploadJobId) : undefined;
      // The last byte may have been faster than the cancel button: then there is nothing left to cancel.
      const tooLate = answer?.state === 'processing' || answer?.state === 'ready';
      this.#change(id, (before) => ({ ...before, state: tooLate ? 'sent' : 'cancelled', fault: undefined }));
    } catch (error) {
      this.#change(id, (before) => ({ ...before, state: 'failed', fault: explain(error) }));
    }
    this.#startNext();
  }

  /** Takes an upload that is not running off the list. */
  remove(id: string): void {
    this.#publish(this.#items.filter((item) => item.id !== id || isBusy(item)));
  }

  clearFinished(): void {
    this.#publish(this.#items.filter((item) => item.state !== 'sent' && item.state !== 'cancelled'));
  }

  #startNext(): void {
    while (this.#running.size < atOnce) {
      const next = this.#items.find((item) => item.state === 'queued' && !this.#running.has(item.id));
      if (!next) return;
      const stop = new AbortController();
      const ended = this.#run(next, stop.signal).finally(() => {
        this.#running.delete(next.id);
        this.#startNext();
      });
      this.#running.set(next.id, { stop, ended });
    }
  }

  async #run(item: UploadItem, signal: AbortSignal): Promise<void> {
    const meter = speedMeter();
    const resuming = item.ticket !== undefined;
    let ticket = item.ticket;
    try {
      ticket ??= await this.#requestTicket(item);
      signal.throwIfAborted();
      this.#change(item.id, (before) => ({ ...before, state: 'uploading', isWaiting: false }));
      await transfer({
        put: this.#transport.put,
        backoff: async (failures, stopped) => {
          meter.reset();
          this.#change(item.id, (before) => ({ ...before, isWaiting: true, bytesPerSecond: 0 }));
          await this.#transport.backoff(failures, stopped);
        },
        url: ticket.uploadUrl,
        file: item.file,
        signal,
        resuming,
        onProgress: (sentBytes) => {
          const bytesPerSecond = meter.add(sentBytes, this.#now());
          this.#change(item.id, (before) => ({ ...before, sentBytes, bytesPerSecond, isWaiting: false }));
        },
      });
      this.#change(item.id, (before) => ({ ...before, state: 'sent', bytesPerSecond: 0 }));
    } catch (error) {
      if (signal.aborted) return;
      const dead = error instanceof TransferError && error.fault === 'ended';
      this.#change(item.id, (before) => ({
        ...before,
        state: 'failed',
        bytesPerSecond: 0,
        fault: explain(error),
        // Nothing more can be sent to a dead address: the next try asks for a new one.
        ...(dead ? { ticket: undefined, sentBytes: 0 } : {}),
      }));
      if (dead && ticket) await this.#api.cancelUpload(ticket.uploadJobId).catch(() => undefined);
    }
  }

  async #requestTicket(item: UploadItem): Promise<UploadTicket> {
    this.#change(item.id, (before) => ({ ...before, state: 'requesting' }));
    const ticket = await this.#api.requestUpload({
      title: item.title,
      fileName: item.file.name,
      fileSizeBytes: item.file.size,
      contentType: videoType(item.file) ?? item.file.type,
    });
    this.#change(item.id, (before) => ({ ...before, ticket }));
    return ticket;
  }

  #find(id: string): UploadItem | undefined {
    return this.#items.find((item) => item.id === id);
  }

  #change(id: string, change: (item: UploadItem) => UploadItem): void {
    this.#publish(this.#items.map((item) => (item.id === id ? change(item) : item)));
  }

  #publish(items: readonly UploadItem[]): void {
    this.#items = items;
    for (const listener of this.#listeners) listener();
  }
}

function explain(error: unknown): UploadFault {
  if (isApiError(error)) return faultFrom(error);
  if (error instanceof TransferError) {
    return { message: error.fault === 'ended' ? text.upload.linkEnded : text.upload.interrupted };
  }
  return { message: error instanceof DOMException ? text.upload.unreadable : text.errors.unnamed };
}
