import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { type LimitName, type LimitRule, type LimitRules, limitNames } from './rules.ts';

/** A look at one bucket, or a look that adds a request to it. */
export interface Take {
  readonly name: LimitName;
  readonly rule: LimitRule;
  /** Whose bucket: a keyed hash. */
  readonly subject: string;
  readonly cost: 0 | 1;
}

/** A bucket after the look. */
export interface Level {
  /** Requests in the window, the one at hand included when it was counted. */
  readonly used: number;
  /** Milliseconds until the window ends. */
  readonly resetMs: number;
}

/** One look and what it saw. */
export interface Taken extends Level {
  readonly take: Take;
}

/** Where requests are counted. Answers in the order of the takes; what comes behind one that refuses the request may be left out. */
export interface Buckets {
  take(takes: readonly Take[]): Promise<readonly Taken[]>;
}

/** Whether the request at hand is over the limit. */
export const isOver = ({ rule, cost }: Take, { used }: Level): boolean =>
  cost === 1 && rule.counted === 'always' ? used > rule.points : used >= rule.points;

export const refuses = (take: Take, level: Level): boolean => take.rule.mode === 'enforce' && isOver(take, level);

type Limiter = Pick<RateLimiterMemory, 'consume'>;

async function takenFrom(limiter: Limiter, take: Take): Promise<Taken> {
  try {
    const { consumedPoints, msBeforeNext } = await limiter.consume(take.subject, take.cost);
    return { take, used: consumedPoints, resetMs: msBeforeNext };
  } catch (refusal) {
    // The limiter rejects with its answer when the limit is passed, and with an error when it could not ask.
    if (refusal instanceof RateLimiterRes) {
      return { take, used: refusal.consumedPoints, resetMs: refusal.msBeforeNext };
    }
    throw refusal;
  }
}

/** Every key of ours in Redis begins so; each dies with its window. */
const keyPrefix = (name: LimitName): string => `mm:limit:${name}`;

function limiters<T>(rules: LimitRules, make: (name: LimitName, rule: LimitRule) => T): Readonly<Record<LimitName, T>> {
  return Object.fromEntries(limitNames.map((name) => [name, make(name, rules[name])])) as Record<LimitName, T>;
}

/** Buckets of this process alone. */
export function bucketsInProcess(rules: LimitRules): Buckets {
  const known = limiters(
    rules,
    (name, { points, windowSeconds }) =>
      new RateLimiterMemory({ keyPrefix: keyPrefix(name), points, duration: windowSeconds }),
  );
  return {
    async take(takes) {
      const all: Taken[] = [];
      for (const take of takes) {
        const taken = await takenFrom(known[take.name], take);
        all.push(taken);
        // What is refused by its address must not fill the buckets of any number of links.
        if (refuses(take, taken)) {
          break;
        }
      }
      return all;
    },
  };
}

/** The library has this method and its types leave it out. */
type RememberingLimiter = RateLimiterRedis & { getInMemoryBlockMsBeforeExpire(key: string): number };

/**
 * Buckets that all processes share. All looks of a request travel together, in one pipeline. Whoever is over an enforced limit is
 * remembered here until the window ends, and costs Redis nothing more.
 * @throws when Redis does not answer in time, and at once while it is not connected
 */
export function bucketsInRedis(rules: LimitRules, redis: Redis): Buckets {
  const known = limiters(
    rules,
    (name, { points, windowSeconds, mode, counted }) =>
      new RateLimiterRedis({
        storeClient: redis,
        rejectIfRedisNotReady: true,
        keyPrefix: keyPrefix(name),
        points,
        duration: windowSeconds,
        ...(mode === 'enforce' ? { inMemoryBlockOnConsumed: counted === 'always' ? points + 1 : points } : {}),
      }) as RememberingLimiter,
  );
  const remembered = (take: Take): Taken[] => {
    const limiter = known[take.name];
    const resetMs = limiter.getInMemoryBlockMsBeforeExpire(limiter.getKey(take.subject));
    return resetMs > 0 ? [{ take, used: take.rule.points + 1, resetMs }] : [];
  };
  return {
    async take(takes) {
      const [refused] = takes.flatMap(remembered);
      return refused === undefined ? Promise.all(takes.map((take) => takenFrom(known[take.name], take))) : [refused];
    },
  };
}
