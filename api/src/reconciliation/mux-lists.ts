import type Mux from '@mux/mux-node';
import { NotFoundError } from '@mux/mux-node';
import { cancelUpload, deleteAsset } from '../jobs/erase-at-mux.ts';
import { askPatiently, type Wait } from './ask-mux.ts';

/** The most things that Mux puts on a page. */
const pageSize = 100;
/** Milliseconds between two questions: Mux allows about one read per second. */
const pauseMs = 1_000;

/** One page of a list, newest first. `next` is where the following one begins; undefined at the end. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/** Mux as the reconciliation asks it: unhurriedly, and again when it is busy. */
export class MuxLists {
  readonly #mux: Mux;
  readonly #wait: Wait;
  #asked = false;

  constructor(mux: Mux, wait: Wait) {
    this.#mux = mux;
    this.#wait = wait;
  }

  /** Puts any question that may be asked twice, like the others. */
  async ask<T>(question: () => PromiseLike<T>): Promise<T> {
    if (this.#asked) {
      await this.#wait(pauseMs);
    }
    this.#asked = true;
    return askPatiently(question, this.#wait);
  }

  /** By Mux's cursor, which neither passes over an asset nor repeats one when others come or go meanwhile. */
  async assets(cursor: string | undefined): Promise<Page<Mux.Video.Asset>> {
    const query = { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) };
    const page = await this.ask(() => this.#mux.video.assets.list(query));
    // Null at the end, which the SDK's types leave out.
    return { items: page.data, next: page.next_cursor || undefined };
  }

  /** By number: of uploads Mux has no cursor. */
  async uploads(cursor: string | undefined): Promise<Page<Mux.Video.Upload>> {
    const page = Number(cursor ?? '1');
    const { data } = await this.ask(() => this.#mux.video.uploads.list({ limit: pageSize, page }));
    return { items: data, next: data.length < pageSize ? undefined : String(page + 1) };
  }

  /** The asset, or undefined when Mux says that there is none. */
  async asset(id: string): Promise<Mux.Video.Asset | undefined> {
    return await this.ask(async () => {
      try {
        return await this.#mux.video.assets.retrieve(id);
      } catch (error) {
        if (error instanceof NotFoundError) {
          return undefined;
        }
        throw error;
      }
    });
  }

  async deleteAsset(id: string): Promise<void> {
    await this.ask(() => deleteAsset(this.#mux, id));
  }

  async cancelUpload(id: string): Promise<void> {
    await this.ask(() => cancelUpload(this.#mux, id));
  }
}
