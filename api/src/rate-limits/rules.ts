import type { ProblemCode } from '../problems/catalogue.ts';

/** Whose requests are counted together. */
export type LimitKey = 'address' | 'link' | 'account' | 'address+link';

/** `monitor` counts and lets everything pass: what a pilot begins with (RL-05). */
export const limitModes = ['off', 'monitor', 'enforce'] as const;
export type LimitMode = (typeof limitModes)[number];

/** One limit. A window begins with the first request that it counts, and all of it is forgotten when it ends. */
export interface LimitRule {
  readonly key: LimitKey;
  /** Requests in one window; the next one is over. */
  readonly points: number;
  readonly windowSeconds: number;
  readonly mode: LimitMode;
  /** Every request, or only one that was answered with one of these problems. */
  readonly counted: 'always' | readonly ProblemCode[];
}

/**
 * The limits as delivered (RL-01, RL-05, RL-06); a route names those that it is under by `config: { limits: […] }`, and `RATE_LIMITS`
 * changes their numbers and modes. docs/reference/rate-limits.md says why each number is what it is.
 */
export const defaultRules = {
  playback: { key: 'address', points: 100, windowSeconds: 60, mode: 'enforce', counted: 'always' },
  // Apart from the rule above: the reports of a team behind one address must not use up its renewals.
  'playback-events': { key: 'address', points: 600, windowSeconds: 60, mode: 'enforce', counted: 'always' },
  'share-link': { key: 'link', points: 300, windowSeconds: 60, mode: 'enforce', counted: 'always' },
  'share-guess': {
    key: 'address',
    points: 20,
    windowSeconds: 300,
    mode: 'enforce',
    counted: ['share.unavailable'],
  },
  // Roomier and shorter than the rule above: who knows only the id of a link must not be able to keep its viewers out.
  'share-guess-link': {
    key: 'link',
    points: 60,
    windowSeconds: 60,
    mode: 'enforce',
    counted: ['share.unavailable'],
  },
  passphrase: {
    key: 'address+link',
    points: 5,
    windowSeconds: 900,
    mode: 'enforce',
    counted: ['share.passphrase_wrong'],
  },
  'passphrase-link': {
    key: 'link',
    points: 30,
    windowSeconds: 3_600,
    mode: 'enforce',
    counted: ['share.passphrase_wrong'],
  },
  'code-request': { key: 'address', points: 10, windowSeconds: 3_600, mode: 'enforce', counted: 'always' },
  'code-verify': { key: 'address+link', points: 10, windowSeconds: 900, mode: 'enforce', counted: 'always' },
  // A flood only: the daily quota is exact and lives in the database (RL-02).
  uploads: { key: 'account', points: 60, windowSeconds: 600, mode: 'enforce', counted: 'always' },
  'hash-passphrase': { key: 'account', points: 30, windowSeconds: 600, mode: 'enforce', counted: 'always' },
  // Not enforced: a secret that was rotated wrongly would shut the provider itself out.
  'webhooks-refused': {
    key: 'address',
    points: 60,
    windowSeconds: 60,
    mode: 'monitor',
    counted: ['webhook.signature_invalid'],
  },
  reports: { key: 'address', points: 60, windowSeconds: 60, mode: 'enforce', counted: 'always' },
  // Apart from the rule above: how fast pages are must not use up what people have to say.
  vitals: { key: 'address', points: 300, windowSeconds: 60, mode: 'enforce', counted: 'always' },
} as const satisfies Record<string, LimitRule>;

export type LimitName = keyof typeof defaultRules;
export type LimitRules = Readonly<Record<LimitName, LimitRule>>;

export const limitNames = Object.keys(defaultRules) as LimitName[];
