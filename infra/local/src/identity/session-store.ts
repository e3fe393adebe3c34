import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, replaceJson } from '../storage/durable-file.ts';

const sessionSchema = z.object({
  id: z.string(),
  /** SHA-256 of the cookie's secret, hex: the file alone signs nobody in. */
  secretHash: z.string(),
  subject: z.string(),
  /** Milliseconds since 1970; the first factor was verified then. */
  authenticatedAt: z.number(),
  expiresAt: z.number(),
});

export type Session = z.infer<typeof sessionSchema>;

/** Seven days, Clerk's default session lifetime. */
export const SESSION_LIFETIME_SECONDS = 7 * 24 * 60 * 60;

/** The signed-in browsers, kept on disk so that a restart signs nobody out. */
export class SessionStore {
  readonly #path: string;
  readonly #now: () => number;
  #sessions: Map<string, Session>;

  constructor(dataDir: string, now: () => number = () => Date.now()) {
    this.#path = join(dataDir, 'sessions.json');
    this.#now = now;
    const stored = z.array(sessionSchema).safeParse(readJson(this.#path) ?? []);
    if (!stored.success) throw new Error(`${this.#path} holds no list of sessions. Remove it to sign everybody out.`);
    this.#sessions = new Map(stored.data.map((session) => [session.id, session]));
  }

  /** Starts a session. The cookie's value is returned once and not kept. */
  start(subject: string): { session: Session; cookie: string } {
    const secret = randomBytes(32).toString('base64url');
    const now = this.#now();
    const session: Session = {
      id: `sess_${randomBytes(12).toString('hex')}`,
      secretHash: hash(secret),
      subject,
      authenticatedAt: now,
      expiresAt: now + SESSION_LIFETIME_SECONDS * 1000,
    };
    this.#sessions.set(session.id, session);
    this.#keep();
    return { session, cookie: `${session.id}.${secret}` };
  }

  /** The session a cookie belongs to; undefined when it is unknown, ended, expired or its secret is wrong. */
  find(cookie: string | undefined): Session | undefined {
    const [id = '', secret = ''] = cookie?.split('.') ?? [];
    const session = this.#sessions.get(id);
    if (!session || session.expiresAt <= this.#now()) return undefined;
    return timingSafeEqual(Buffer.from(hash(secret)), Buffer.from(session.secretHash)) ? session : undefined;
  }

  /** The first factor was verified again: the session goes on, with a proof of this moment. */
  confirm(id: string): void {
    const session = this.#sessions.get(id);
    if (!session) return;
    this.#sessions.set(id, { ...session, authenticatedAt: this.#now() });
    this.#keep();
  }

  end(id: string): void {
    if (this.#sessions.delete(id)) this.#keep();
  }

  /** Ends every session of one person, on every browser. */
  endAll(subject: string): void {
    for (const session of [...this.#sessions.values()]) {
      if (session.subject === subject) this.#sessions.delete(session.id);
    }
    this.#keep();
  }

  #keep(): void {
    const now = this.#now();
    for (const session of [...this.#sessions.values()]) {
      if (session.expiresAt <= now) this.#sessions.delete(session.id);
    }
    replaceJson(this.#path, [...this.#sessions.values()]);
  }
}

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
