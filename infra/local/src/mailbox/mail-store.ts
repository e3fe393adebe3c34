import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, replaceJson } from '../storage/durable-file.ts';
import { ResendError } from './resend-error.ts';
import type { SendRequest } from './send-request.ts';

export type StoredMail = { id: string; createdAt: string; request: SendRequest };
export type MailSummary = { id: string; createdAt: string; from: string; to: string[]; subject: string };

const storedMail = z.object({
  id: z.string(),
  createdAt: z.string(),
  request: z.custom<SendRequest>((value) => typeof value === 'object'),
});
const storedKey = z.object({ key: z.string(), bodyHash: z.string(), ids: z.array(z.string()), expiresAt: z.number() });
type IdempotencyKey = z.infer<typeof storedKey>;

const KEY_LIFETIME_MS = 24 * 60 * 60 * 1000;
/** How many mails are kept; older ones are removed. */
const CAPACITY = 1_000;

/** The mails that were sent, one file each below `dataDir/emails`, and the idempotency keys of the last 24 hours. */
export class MailStore {
  readonly #dataDir: string;
  readonly #now: () => number;
  readonly #summaries = new Map<string, MailSummary>();
  readonly #keys: Map<string, IdempotencyKey>;

  constructor(dataDir: string, now: () => number = Date.now) {
    this.#dataDir = dataDir;
    this.#now = now;
    const mails = jsonFiles(join(dataDir, 'emails')).map((path) => storedMail.parse(readJson(path)));
    mails.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
    for (const mail of mails) this.#summaries.set(mail.id, summarise(mail));
    const keys = z.array(storedKey).parse(readJson(this.#keyFile) ?? []);
    this.#keys = new Map(keys.map((key) => [key.key, key]));
  }

  get #keyFile(): string {
    return join(this.#dataDir, 'idempotency-keys.json');
  }

  /** Newest first. */
  list(): MailSummary[] {
    return [...this.#summaries.values()].reverse();
  }

  find(id: string): StoredMail | undefined {
    if (!this.#summaries.has(id)) return undefined;
    return storedMail.parse(readJson(this.#mailFile(id)));
  }

  /**
   * Accepts mails once per idempotency key (https://resend.com/docs/dashboard/emails/idempotency-keys): the same key with
   * the same body within 24 hours gives the ids of the first time and sends nothing.
   *
   * @param body what was sent, as received; two bodies are the same when their JSON is
   * @throws ResendError 409 `invalid_idempotent_request` when the key belongs to another body
   */
  accept(requests: SendRequest[], body: unknown, idempotencyKey: string | undefined): string[] {
    const bodyHash = createHash('sha256').update(canonical(body)).digest('hex');
    const known = idempotencyKey === undefined ? undefined : this.#keys.get(idempotencyKey);
    if (known && known.expiresAt > this.#now()) {
      if (known.bodyHash === bodyHash) return known.ids;
      throw new ResendError(
        409,
        'invalid_idempotent_request',
        'Same idempotency key used with a different request payload.',
      );
    }
    const ids = requests.map((request) => this.#keep(request));
    if (idempotencyKey !== undefined) {
      this.#keys.set(idempotencyKey, { key: idempotencyKey, bodyHash, ids, expiresAt: this.#now() + KEY_LIFETIME_MS });
      for (const [key, { expiresAt }] of [...this.#keys]) if (expiresAt <= this.#now()) this.#keys.delete(key);
      replaceJson(this.#keyFile, [...this.#keys.values()]);
    }
    return ids;
  }

  #keep(request: SendRequest): string {
    const mail: StoredMail = { id: randomUUID(), createdAt: new Date(this.#now()).toISOString(), request };
    replaceJson(this.#mailFile(mail.id), mail);
    this.#summaries.set(mail.id, summarise(mail));
    for (const id of [...this.#summaries.keys()].slice(0, Math.max(0, this.#summaries.size - CAPACITY))) {
      this.#summaries.delete(id);
      rmSync(this.#mailFile(id), { force: true });
    }
    return mail.id;
  }

  #mailFile(id: string): string {
    return join(this.#dataDir, 'emails', `${id}.json`);
  }
}

function summarise({ id, createdAt, request: { from, to, subject } }: StoredMail): MailSummary {
  return { id, createdAt, from, to, subject };
}

/** Paths of the whole `.json` files of a folder; a half-written one has another ending. */
export function jsonFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** JSON with sorted keys, so that the order in which a client writes fields does not matter. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
