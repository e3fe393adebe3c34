import { fileFault, titleFrom } from './check-file.ts';
import { headBytes, looksLikeVideo } from './container.ts';
import { browserHeldUploads, type HeldUploads } from './held-uploads.ts';
import { openAgain, type UnfinishedUpload } from './open-again.ts';
import { explain } from './upload-faults.ts';
import { isBusy, isFinished, isHeld, newItem, type ShareWish, type UploadItem } from './upload-item.ts';
import { type RunContext, runUpload } from './upload-run.ts';

/** Two at a time: more only share the same line, and each one's end comes later. */
const atOnce = 2;

/**
 * The uploads of this browser tab. They live outside of any page, so that walking through the back office does not stop
 * them. An external store for React: `items` is a new array whenever anything changed.
 */
export class UploadQueue {
  #items: readonly UploadItem[] = [];
  readonly #running = new Map<string, { stop: AbortController; ended: Promise<void> }>();
  readonly #holds = new Map<string, () => void>();
  readonly #listeners = new Set<() => void>();
  readonly #context: RunContext;
  readonly #heldUploads: HeldUploads;

  constructor(context: RunContext, heldUploads: HeldUploads = browserHeldUploads()) {
    this.#context = context;
    this.#heldUploads = heldUploads;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly items = (): readonly UploadItem[] => this.#items;

  /** Uploads that some tab of this browser is about. */
  readonly held = (): Promise<ReadonlySet<string>> => this.#heldUploads.held();

  /** Puts files on the list; those that plainly cannot be uploaded stand there with the reason. */
  add(files: readonly File[], maxBytes: number): void {
    const added = files.map((file): UploadItem => {
      const message = fileFault(file, maxBytes);
      const item = newItem(file, titleFrom(file.name));
      return message ? { ...item, state: 'rejected', fault: { message } } : item;
    });
    this.#publish([...this.#items, ...added]);
    for (const { id, state, file } of added) if (state === 'staged') void this.#inspect(id, file);
  }

  setTitle(id: string, title: string): void {
    this.#change(id, (item) => ({ ...item, title, fault: item.state === 'staged' ? undefined : item.fault }));
  }

  /** A link to be made with the upload, or none; until the upload has been asked for. */
  setShare(id: string, share: ShareWish | undefined): void {
    this.#change(id, (item) => (item.ticket ? item : { ...item, share }));
  }

  linkCopied(id: string): void {
    this.#change(id, (item) => (item.link ? { ...item, link: { ...item.link, isCopied: true } } : item));
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

  pause(...ids: readonly string[]): void {
    for (const id of ids) {
      this.#change(id, (item) =>
        item.state === 'queued' || item.state === 'uploading'
          ? { ...item, state: 'paused', bytesPerSecond: 0, isWaiting: false }
          : item,
      );
      this.#running.get(id)?.stop.abort();
    }
  }

  /**
   * Goes on with an upload that another page began, with the file picked again.
   * @returns why not, in words for the coach; undefined when it goes on.
   */
  async resume(upload: UnfinishedUpload, file: File): Promise<string | undefined> {
    const opened = await openAgain(this.#context.api, upload, file);
    if ('fault' in opened) return opened.fault;
    if (this.#items.some(({ ticket }) => ticket?.uploadJobId === upload.uploadJobId)) return undefined;
    const item = { ...newItem(file, upload.title), ticket: opened.ticket };
    this.#publish([...this.#items, item]);
    this.start(item.id);
    return undefined;
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
      const answer = ticket ? await this.#context.api.cancelUpload(ticket.uploadJobId) : undefined;
      // The last byte may have been faster than the cancel button: then there is nothing left to cancel.
      const tooLate = answer?.state === 'processing' || answer?.state === 'ready';
      this.#change(id, (before) => ({ ...before, state: tooLate ? 'sent' : 'cancelled', fault: undefined }));
    } catch (error) {
      this.#change(id, (before) => ({ ...before, state: 'failed', fault: explain(error) }));
    }
    this.#startNext();
  }

  /** What became of a file that was sent, as the video's status tells it. */
  settle(id: string, state: 'ready' | 'refused' | 'cancelled', message?: string): void {
    this.#change(id, (item) =>
      item.state === 'sent' ? { ...item, state, fault: message ? { message } : undefined } : item,
    );
  }

  /** Takes an upload that is not running off the list. */
  remove(id: string): void {
    this.#publish(this.#items.filter((item) => item.id !== id || isBusy(item)));
  }

  clearFinished(): void {
    this.#publish(this.#items.filter((item) => !isFinished(item)));
  }

  /** Stops everything and forgets it: the page is about to be left on purpose. */
  close(): void {
    for (const { stop } of this.#running.values()) stop.abort();
    this.#publish([]);
  }

  async #inspect(id: string, file: File): Promise<void> {
    try {
      const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
      if (!looksLikeVideo(head)) this.#change(id, (item) => ({ ...item, isDoubtful: true }));
    } catch (error) {
      this.#change(id, (item) =>
        item.state === 'staged' ? { ...item, state: 'rejected', fault: explain(error) } : item,
      );
    }
  }

  #startNext(): void {
    while (this.#running.size < atOnce) {
      const next = this.#items.find((item) => item.state === 'queued' && !this.#running.has(item.id));
      if (!next) return;
      const stop = new AbortController();
      const change = (how: (item: UploadItem) => UploadItem) => this.#change(next.id, how);
      const ended = runUpload(next, stop.signal, change, this.#context).finally(() => {
        this.#running.delete(next.id);
        this.#startNext();
      });
      this.#running.set(next.id, { stop, ended });
    }
  }

  #find(id: string): UploadItem | undefined {
    return this.#items.find((item) => item.id === id);
  }

  #change(id: string, change: (item: UploadItem) => UploadItem): void {
    this.#publish(this.#items.map((item) => (item.id === id ? change(item) : item)));
  }

  #publish(items: readonly UploadItem[]): void {
    this.#items = items;
    this.#holdOwn();
    for (const listener of this.#listeners) listener();
  }

  /** Other tabs leave alone what this one sends, and nothing else. */
  #holdOwn(): void {
    const own = new Set(this.#items.filter(isHeld).flatMap(({ ticket }) => ticket?.uploadJobId ?? []));
    for (const [job, release] of this.#holds) {
      if (own.has(job)) continue;
      this.#holds.delete(job);
      release();
    }
    for (const job of own) if (!this.#holds.has(job)) this.#holds.set(job, this.#heldUploads.hold(job));
  }
}
