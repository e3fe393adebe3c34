import { type Buckets, isOver, refuses, type Take, type Taken } from './buckets.ts';
import { nearest } from './headers.ts';
import type { LimitName, LimitRules } from './rules.ts';
import { type Asker, subjectsOf } from './subjects.ts';

/** What came of asking the limits of a route. */
export interface Verdict {
  /** The limit that refuses the request; undefined when it may go on. */
  readonly refusal: Taken | undefined;
  /** The limit that the answer tells of; undefined when there is none to tell. */
  readonly told: Taken | undefined;
}

export interface LimiterParts {
  readonly rules: LimitRules;
  readonly buckets: Buckets;
  /** Key of the HMAC of what is counted. */
  readonly secret: string;
  /** Told of each rule that was asked, and whether the request was over it. */
  readonly onAsked: (take: Take, over: boolean, asker: Asker) => void;
}

/** Decides whether a request is within the limits of its route. */
export class RateLimiter {
  readonly #parts: LimiterParts;

  constructor(parts: LimiterParts) {
    this.#parts = parts;
  }

  /** Counts the request where every request counts, and looks at the limits that count refusals only. */
  async check(names: readonly LimitName[], asker: Asker): Promise<Verdict> {
    const all = await this.#parts.buckets.take(this.#takes(names, asker));
    for (const taken of all) {
      this.#parts.onAsked(taken.take, isOver(taken.take, taken), asker);
    }
    return { refusal: all.find((taken) => refuses(taken.take, taken)), told: nearest(all) };
  }

  /** Counts a request that was answered with the problem `code` where such requests count. */
  async countRefusal(names: readonly LimitName[], asker: Asker, code: string): Promise<void> {
    const concerned = names.filter((name) => {
      const { counted } = this.#parts.rules[name];
      return counted !== 'always' && (counted as readonly string[]).includes(code);
    });
    const takes = this.#takes(concerned, asker).map((take): Take => ({ ...take, cost: 1 }));
    if (takes.length > 0) {
      await this.#parts.buckets.take(takes);
    }
  }

  #takes(names: readonly LimitName[], asker: Asker): Take[] {
    const subjectOf = subjectsOf(asker, this.#parts.secret);
    return names.flatMap((name): Take[] => {
      const rule = this.#parts.rules[name];
      if (rule.mode === 'off') {
        return [];
      }
      const cost = rule.counted === 'always' ? 1 : 0;
      return [{ name, rule, cost, subject: subjectOf(rule.key) }];
    });
  }
}
