import { Counter, Gauge, Histogram, type Registry } from '@prometheus-io/client';
import { type LimitName, type LimitRules, limitNames } from './rules.ts';

/** Seconds; in-process answers are far below the first. */
const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25];

/** What the limits count (RL-04, RL-05). Every series is there from the start as 0, so that the first hit is an increase. */
export class LimitTelemetry {
  readonly #requests: Counter<'rule' | 'mode' | 'outcome'>;
  readonly #losses: Counter;
  readonly #blocked: Counter;
  readonly #seconds: Histogram;

  constructor(registry: Registry, rules: LimitRules) {
    this.#requests = new Counter({
      name: 'mm_rate_limit_requests_total',
      help: 'Requests by rule, its mode (monitor, enforce) and outcome: within, or over the limit. Over is refused where the mode is enforce.',
      labelNames: ['rule', 'mode', 'outcome'] as const,
      registers: [registry],
    });
    for (const rule of limitNames) {
      const { mode } = rules[rule];
      for (const outcome of mode === 'off' ? [] : ['within', 'over']) {
        this.#requests.inc({ rule, mode, outcome }, 0);
      }
    }
    this.#losses = new Counter({
      name: 'mm_rate_limit_store_losses_total',
      help: 'Requests for which Redis did not answer, so that they were counted in this process alone.',
      registers: [registry],
    });
    this.#blocked = new Counter({
      name: 'mm_rate_limit_blocked_total',
      help: 'Requests of addresses that staff have blocked.',
      registers: [registry],
    });
    this.#seconds = new Histogram({
      name: 'mm_rate_limit_store_seconds',
      help: 'Time that Redis took for the limits of one request.',
      buckets,
      registers: [registry],
    });
  }

  count(rule: LimitName, mode: string, over: boolean): void {
    this.#requests.inc({ rule, mode, outcome: over ? 'over' : 'within' });
  }

  countBlocked(): void {
    this.#blocked.inc();
  }

  countLoss(): void {
    this.#losses.inc();
  }

  observeSeconds(seconds: number): void {
    this.#seconds.observe(seconds);
  }

  /** Shows whether requests are counted where the configuration says. */
  observeStore(registry: Registry, isReady: () => boolean): void {
    new Gauge({
      name: 'mm_rate_limit_store_up',
      help: 'Whether requests are counted where they should be: 1 in Redis, or in the process where no Redis is configured; 0 while Redis is away.',
      registers: [registry],
      collect() {
        this.set(isReady() ? 1 : 0);
      },
    });
  }
}
