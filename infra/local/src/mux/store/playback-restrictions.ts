import { z } from 'zod';
import { newUuid } from '../ids.ts';
import type { Database } from './database.ts';

/** Vendor's limit. Source: "Up to 10 referrer domains" in the guide on playback restrictions. */
const MAX_DOMAINS = 10;

const domain = z
  .string()
  .regex(
    /^(\*|(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)$/i,
    'must be a domain, "*.domain" or "*" without scheme, port or path',
  );

export const referrerRestriction = z.strictObject({
  allowed_domains: z.array(domain).max(MAX_DOMAINS, `must name at most ${MAX_DOMAINS} domains`),
  allow_no_referrer: z.boolean().default(false),
});

export const userAgentRestriction = z.strictObject({
  allow_no_user_agent: z.boolean().default(true),
  allow_high_risk_user_agent: z.boolean().default(true),
});

export type ReferrerRestriction = z.infer<typeof referrerRestriction>;
export type UserAgentRestriction = z.infer<typeof userAgentRestriction>;

const row = z
  .object({
    id: z.string(),
    referrer: z.string(),
    user_agent: z.string(),
    created_at: z.number(),
    updated_at: z.number(),
  })
  .transform((columns) => ({
    id: columns.id,
    referrer: referrerRestriction.parse(JSON.parse(columns.referrer)),
    userAgent: userAgentRestriction.parse(JSON.parse(columns.user_agent)),
    createdAt: columns.created_at,
    updatedAt: columns.updated_at,
  }));

export type PlaybackRestriction = z.infer<typeof row>;

export class PlaybackRestrictionStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  create(referrer: ReferrerRestriction, userAgent: UserAgentRestriction, now: number): PlaybackRestriction {
    const id = newUuid();
    this.#db.run(
      'insert into playback_restrictions (id, referrer, user_agent, created_at, updated_at) values (?, ?, ?, ?, ?)',
      id,
      JSON.stringify(referrer),
      JSON.stringify(userAgent),
      now,
      now,
    );
    return { id, referrer, userAgent, createdAt: now, updatedAt: now };
  }

  find(id: string): PlaybackRestriction | undefined {
    const found = this.#db.one('select * from playback_restrictions where id = ?', id);
    return found && row.parse(found);
  }

  /** Newest first. */
  list(limit: number, offset: number): PlaybackRestriction[] {
    return this.#db
      .all('select * from playback_restrictions order by seq desc limit ? offset ?', limit, offset)
      .map((found) => row.parse(found));
  }

  /** Returns undefined when there is no such restriction. */
  update(
    id: string,
    change: { referrer?: ReferrerRestriction; userAgent?: UserAgentRestriction },
    now: number,
  ): PlaybackRestriction | undefined {
    const before = this.find(id);
    if (before === undefined) return undefined;
    const after = { ...before, ...change, updatedAt: now };
    this.#db.run(
      'update playback_restrictions set referrer = ?, user_agent = ?, updated_at = ? where id = ?',
      JSON.stringify(after.referrer),
      JSON.stringify(after.userAgent),
      now,
      id,
    );
    return after;
  }

  remove(id: string): void {
    this.#db.run('delete from playback_restrictions where id = ?', id);
  }
}
