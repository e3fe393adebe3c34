import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** A fault to inject, as `POST /control/faults` takes it. Exactly one of status, timeoutMs and truncate says what happens. */
export const faultRule = z
  .strictObject({
    match: z.strictObject({
      /** Upper-case HTTP method; any, when left out. */
      method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).optional(),
      /** Path without the query. `*` stands for any characters, also none and slashes. */
      path: z.string().startsWith('/', 'must begin with "/"'),
    }),
    /** Answer this instead. */
    status: z
      .int()
      .refine((status) => status === 429 || (status >= 500 && status <= 599), 'must be 429 or 500 to 599')
      .optional(),
    /** Seconds in the `Retry-After` header beside `status`. */
    retryAfter: z.int().min(0).max(3600).optional(),
    /** Say nothing for so many milliseconds, then close the connection. */
    timeoutMs: z.int().min(0).max(600_000).optional(),
    /** Do what was asked, but break the connection off after so many bytes of the answer's body. */
    truncate: z.int().min(0).optional(),
    /** How often the rule applies. */
    times: z.int().min(1).max(1_000_000).default(1),
  })
  .refine(
    ({ status, timeoutMs, truncate }) =>
      [status, timeoutMs, truncate].filter((effect) => effect !== undefined).length === 1,
    { path: ['status'], error: 'exactly one of status, timeoutMs and truncate must be given' },
  )
  .refine(({ status, retryAfter }) => retryAfter === undefined || status !== undefined, {
    path: ['retryAfter'],
    error: 'needs a status',
  });

export type FaultRule = z.infer<typeof faultRule>;
/** A rule that is in force. `times` counts down. */
export type ActiveFault = FaultRule & { readonly id: string };

/** The faults in force, in the order in which they were set. In memory only. */
export class FaultRules {
  #rules: ActiveFault[] = [];

  get active(): readonly ActiveFault[] {
    return this.#rules;
  }

  add(rule: FaultRule): ActiveFault {
    const active = { ...rule, id: randomUUID() };
    this.#rules.push(active);
    return active;
  }

  /** The first rule for this request, used up by one; undefined when there is none. */
  take(method: string, path: string): ActiveFault | undefined {
    const rule = this.#rules.find(
      ({ match }) => (match.method === undefined || match.method === method) && matchesPath(match.path, path),
    );
    if (rule === undefined) return undefined;
    rule.times -= 1;
    if (rule.times === 0) this.#rules = this.#rules.filter((other) => other !== rule);
    return rule;
  }

  clear(): void {
    this.#rules = [];
  }
}

/** Whether a path fits a pattern in which `*` stands for any characters. */
export function matchesPath(pattern: string, path: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`).test(path);
}
