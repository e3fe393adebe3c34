import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import type { ProviderName } from './delivery.ts';
import { openSecret } from './sealed-secret.ts';
import type { SignatureVerdict } from './signature.ts';

/** A row of `app.webhook_secrets_in_use()`. */
export interface StoredSecret {
  readonly id: string;
  readonly provider: ProviderName;
  readonly state: 'pending' | 'active' | 'draining';
  readonly sealed_secret: Buffer;
  readonly last_seen_at: Date | null;
  readonly drained_at: Date | null;
}

/** One that deliveries may be signed with; those of the configuration have no id. */
interface Accepted {
  readonly id: string | undefined;
  /** A key object, not its bytes: making one for each HMAC costs more than the HMAC. */
  readonly secret: KeyObject;
}

/** The secrets of the configuration, decoded: the keys of the HMAC. */
export type ConfiguredSecrets = Readonly<Partial<Record<ProviderName, readonly Buffer[]>>>;

/** @returns of a provider that is not configured, nothing */
export const configuredSecrets = ({ mux, webhooks }: Pick<Config, 'mux' | 'webhooks'>): ConfiguredSecrets => ({
  mux: mux.webhookSecrets.map((secret) => Buffer.from(secret)),
  ...(webhooks.clerkSecrets === undefined ? {} : { clerk: webhooks.clerkSecrets }),
  ...(webhooks.resendSecrets === undefined ? {} : { resend: webhooks.resendSecrets }),
});

const inUseStatement = { name: 'webhook_secrets_in_use', text: 'select * from app.webhook_secrets_in_use()' };
const seeStatement = { name: 'see_webhook_secrets', text: 'select app.see_webhook_secrets($1)' };

export const secretsInUse = (database: Pick<Database, 'query'>): Promise<StoredSecret[]> =>
  database.query<StoredSecret>(inUseStatement, []);

/** Milliseconds between two looks that refused deliveries may cause: whoever forges cannot make the database work. */
const lookAgainPauseMs = 1_000;
/** Milliseconds between two notes that a secret is in use. */
const seenPauseMs = 60_000;

/**
 * The secrets that webhooks may be signed with at this moment: those of the database for a provider whose secrets were ever rotated, those
 * of the configuration for the others. A process learns of a change at its next look, and before it refuses a signature.
 */
export class WebhookSecrets {
  readonly #configured: ReadonlyMap<string, readonly Accepted[]>;
  readonly #database: Pick<Database, 'query'>;
  readonly #encryptionKey: KeyObject | undefined;
  readonly #onError: (error: unknown) => void;
  #accepted: ReadonlyMap<ProviderName, readonly Accepted[]> = new Map();
  #known = new Map<string, KeyObject>();
  #looking: Promise<void> | undefined;
  #lookedAgainAt = Number.NEGATIVE_INFINITY;
  #hasLooked: boolean;
  #noted = new Map<string, number>();
  #noting: Promise<unknown> = Promise.resolve();

  /** @param encryptionKey undefined: the secrets of the configuration are the only ones */
  constructor(
    configured: ConfiguredSecrets,
    database: Pick<Database, 'query'>,
    encryptionKey: KeyObject | undefined,
    onError: (error: unknown) => void,
  ) {
    this.#configured = new Map(
      Object.entries(configured).map(([provider, secrets]) => [
        provider,
        secrets.map((secret) => ({ id: undefined, secret: createSecretKey(secret) })),
      ]),
    );
    this.#database = database;
    this.#encryptionKey = encryptionKey;
    this.#onError = onError;
    this.#hasLooked = encryptionKey === undefined;
  }

  /**
   * @param judge judges the delivery under one secret
   * @throws when the database could not be asked even once: a secret of the configuration may have been deleted by now.
   */
  async verify(provider: ProviderName, judge: (secret: KeyObject) => SignatureVerdict): Promise<SignatureVerdict> {
    if (!this.#hasLooked) {
      await this.look();
    }
    const verdict = this.#judge(provider, judge);
    if (verdict.kind !== 'refused' || verdict.reason !== 'mismatch' || !(await this.#lookAgain())) {
      return verdict;
    }
    return this.#judge(provider, judge);
  }

  /** Learns of a change. @throws when the database does not answer or a secret cannot be opened; what was known stays. */
  look(): Promise<void> {
    this.#looking ??= this.#read().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Resolves when every use so far is noted. */
  async settle(): Promise<void> {
    await this.#noting;
  }

  #judge(provider: ProviderName, judge: (secret: KeyObject) => SignatureVerdict): SignatureVerdict {
    let refused: SignatureVerdict = { kind: 'refused', reason: 'mismatch' };
    for (const { id, secret } of this.#secretsOf(provider)) {
      const verdict = judge(secret);
      if (verdict.kind === 'fresh' && id !== undefined) {
        this.#note(id);
      }
      if (verdict.kind !== 'refused') {
        return verdict;
      }
      refused = verdict;
      if (verdict.reason !== 'mismatch') {
        break;
      }
    }
    return refused;
  }

  #secretsOf(provider: ProviderName): readonly Accepted[] {
    return this.#accepted.get(provider) ?? this.#configured.get(provider) ?? [];
  }

  /** Whether something may be known now that was not a moment ago. */
  async #lookAgain(): Promise<boolean> {
    if (this.#encryptionKey === undefined) {
      return false;
    }
    const now = performance.now();
    if (this.#looking === undefined) {
      if (now - this.#lookedAgainAt < lookAgainPauseMs) {
        return false;
      }
      this.#lookedAgainAt = now;
    }
    try {
      await this.look();
      return true;
    } catch (error) {
      this.#onError(error);
      return false;
    }
  }

  async #read(): Promise<void> {
    const encryptionKey = this.#encryptionKey;
    if (encryptionKey === undefined) {
      return;
    }
    const stored = await secretsInUse(this.#database);
    const accepted = new Map<ProviderName, Accepted[]>();
    const known = new Map<string, KeyObject>();
    for (const { id, provider, sealed_secret: sealed } of stored) {
      const secret = this.#known.get(id) ?? createSecretKey(openSecret(provider, id, sealed, encryptionKey));
      known.set(id, secret);
      accepted.set(provider, [...(accepted.get(provider) ?? []), { id, secret }]);
    }
    this.#accepted = accepted;
    this.#known = known;
    this.#hasLooked = true;
  }

  #note(id: string): void {
    const now = performance.now();
    if (now - (this.#noted.get(id) ?? Number.NEGATIVE_INFINITY) < seenPauseMs) {
      return;
    }
    this.#noted.set(id, now);
    this.#noting = this.#noting.then(() =>
      this.#database.query(seeStatement, [[id]]).catch((error: unknown) => {
        this.#noted.delete(id);
        this.#onError(error);
      }),
    );
  }
}
