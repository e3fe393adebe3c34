import { timingSafeEqual } from 'node:crypto';
import { Counter, Gauge, Histogram, Registry } from '@prometheus-io/client';
import type { Pool } from 'pg';
import { uploadStages } from './upload-stages.ts';
import type { ProviderName } from './webhooks/delivery.ts';
import { refusalReasons } from './webhooks/signature.ts';

/** Whether an `authorization` header carries this bearer token; tells nothing by the time it takes. */
export function isBearer(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Seconds; from a cached signature to a database in trouble. */
const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

const webhookOutcomes = ['accepted', 'duplicate', 'quarantined', 'unreadable', 'overloaded', 'not_stored'];

/** How tries to prove something to a link are refused that somebody who guesses makes many of. */
const refusedProofs = {
  passphrase: ['proof.passphrase_wrong', 'proof.throttled'],
  code_request: ['proof.throttled'],
  code: ['proof.code_wrong', 'proof.throttled'],
} as const;

/** What this process counts, in a registry of its own, so that two apps in one process do not meet. */
export class Telemetry {
  readonly registry = new Registry();

  readonly decisions = new Counter({
    name: 'mm_playback_decisions_total',
    help: 'Decisions whether a video may be played, by kind (share, preview), outcome (allowed, refused) and the rule that decided.',
    labelNames: ['kind', 'outcome', 'rule'] as const,
    registers: [this.registry],
  });

  readonly shareProofs = new Counter({
    name: 'mm_share_proofs_total',
    help: 'Tries to prove something to a share link, by kind (passphrase, code_request, code) and the rule that decided.',
    labelNames: ['kind', 'rule'] as const,
    registers: [this.registry],
  });

  readonly minting = new Histogram({
    name: 'mm_playback_minting_seconds',
    help: 'Time to sign the three playback tokens of one answer.',
    buckets: latencyBuckets,
    registers: [this.registry],
  });

  readonly webhooks = new Counter({
    name: 'mm_webhooks_received_total',
    help: 'Webhooks by provider and outcome: accepted, duplicate, quarantined, signature_<reason>, unreadable, overloaded, not_stored.',
    labelNames: ['provider', 'outcome'] as const,
    registers: [this.registry],
  });

  readonly uploads = new Counter({
    name: 'mm_upload_requests_total',
    help: 'Requests for an upload by outcome: prepared, vendor_unavailable, vendor_refused.',
    labelNames: ['outcome'] as const,
    registers: [this.registry],
  });

  /** The stage that this program sees: until Mux gave an address. */
  readonly uploadStages = uploadStages(this.registry);

  constructor() {
    // As with webhooks below.
    for (const outcome of ['prepared', 'vendor_unavailable', 'vendor_refused']) {
      this.uploads.inc({ outcome }, 0);
    }
    for (const [kind, rules] of Object.entries(refusedProofs)) {
      for (const rule of rules) this.shareProofs.inc({ kind, rule }, 0);
    }
  }

  /**
   * Shows every outcome of a provider's webhooks as 0 from the start: a counter that begins at 1 has no increase that Prometheus could
   * see, and the first forgery is to be seen (UP-05).
   */
  expectWebhooks(provider: ProviderName): void {
    for (const outcome of [...webhookOutcomes, ...refusalReasons.map((reason) => `signature_${reason}`)]) {
      this.webhooks.inc({ provider, outcome }, 0);
    }
  }

  /** Shows how many deliveries wait for a transaction whenever the metrics are read. */
  observeInbox(waiting: () => number): void {
    new Gauge({
      name: 'mm_webhooks_waiting',
      help: 'Webhook deliveries that wait for a transaction to store them.',
      registers: [this.registry],
      collect() {
        this.set(waiting());
      },
    });
  }

  /** Shows how the connections of `pool` are used whenever the metrics are read. */
  observePool(pool: Pool): void {
    new Gauge({
      name: 'mm_database_connections',
      help: 'Connections of this process to PostgreSQL by state; waiting counts requests without one.',
      labelNames: ['state'] as const,
      registers: [this.registry],
      collect() {
        this.set({ state: 'idle' }, pool.idleCount);
        this.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
        this.set({ state: 'waiting' }, pool.waitingCount);
      },
    });
  }
}
