import { Readable } from 'node:stream';
import type { Caller } from '../db/caller.ts';
import type { LiveResource } from './changes.ts';
import type { LiveEnding, LiveEvent } from './live-telemetry.ts';
import type { Visible } from './visible.ts';

/** Bytes that may wait for a reader; who reads more slowly than that is let go, and reads everything anew. */
const mostWaiting = 65_536;
/** Milliseconds that a reader has for what is left, once everything has been told. */
const graceMs = 5_000;
/** Keys of one list that a stream remembers to have told. */
const mostTold = 2_000;

/** What became of rows, as far as the reader may know. */
export type LiveEventType = 'created' | 'updated' | 'deleted' | '*';

/** One reader's server-sent events. */
export class LiveStream extends Readable {
  readonly caller: Caller;
  #resources: ReadonlySet<LiveResource> | undefined;
  #isFinished = false;
  #ending: LiveEnding = 'left';
  readonly #onTold: (event: LiveEvent) => void;
  readonly #told = new Map<LiveResource, Set<string>>();

  constructor(caller: Caller, onTold: (event: LiveEvent) => void) {
    super({ highWaterMark: mostWaiting });
    this.caller = caller;
    this.#onTold = onTold;
  }

  /** How it ended, once it has. */
  get ending(): LiveEnding {
    return this.#ending;
  }

  /** False while it is not known yet what may be followed. */
  get hasBegun(): boolean {
    return this.#resources !== undefined;
  }

  follow(resources: readonly LiveResource[]): void {
    this.#resources = new Set(resources);
  }

  follows(resource: LiveResource): boolean {
    return this.#resources?.has(resource) === true;
  }

  override _read(): void {
    // Everything is pushed as it comes.
  }

  /** @param id milliseconds since 1970: all changes before that have been told */
  tell(event: LiveEvent, id: number, data: object = {}): void {
    if (this.destroyed || this.#isFinished) {
      return;
    }
    this.push(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
    this.#onTold(event);
    if (this.readableLength > mostWaiting) {
      this.#cut();
    }
  }

  /** Says why, and ends. `renew`: come again with a new token. Who does not read that either is let go. */
  finish(reason: 'renew' | 'signed_out' | 'closing', id: number): void {
    this.tell('end', id, { reason });
    if (this.destroyed || this.#isFinished) {
      return;
    }
    this.#isFinished = true;
    this.#ending = reason;
    this.push(null);
    const grace = setTimeout(() => this.#cut(), graceMs);
    this.once('close', () => clearTimeout(grace));
  }

  #cut(): void {
    this.#ending = 'slow';
    this.destroy();
  }

  /** Tells of rows of a list what the reader may know. */
  change(id: number, resource: LiveResource, changed: ReadonlyMap<string, boolean>, visible: Visible): void {
    if (!visible.all) {
      this.#send(id, resource, '*');
      return;
    }
    const told = this.#told.get(resource) ?? new Set<string>();
    this.#told.set(resource, told);
    const seen = [...changed].filter(([key]) => visible.ids.has(key));
    // A row that was told of and cannot be seen any more: that much the reader may know. Of any other hidden row, nothing.
    const lost = [...changed.keys()].filter((key) => !visible.ids.has(key) && told.delete(key));
    for (const [key] of seen) {
      told.delete(key);
      told.add(key);
    }
    for (const key of told) {
      if (told.size <= mostTold) {
        break;
      }
      told.delete(key);
    }
    const keysOf = (isNew: boolean) => seen.flatMap(([key, created]) => (created === isNew ? [key] : []));
    this.#send(id, resource, 'created', keysOf(true));
    this.#send(id, resource, 'updated', keysOf(false));
    this.#send(id, resource, 'deleted', lost);
  }

  #send(id: number, resource: LiveResource, type: LiveEventType, ids?: readonly string[]): void {
    if (ids?.length !== 0) {
      this.tell('change', id, { resource, type, ...(ids === undefined ? {} : { ids }) });
    }
  }
}
