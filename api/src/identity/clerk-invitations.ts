import { createClerkClient } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';
import type { InvitingConfig } from '../config.ts';

/** Milliseconds after which an answer of Clerk is not waited for. */
const timeoutMs = 8_000;
/** Statuses that may be others when the same is asked again: overload, faults, and a key that is being changed. */
const passing: readonly number[] = [401, 403, 408, 429];
/** What Clerk answers when there is nothing left to revoke. */
const revokedBefore: readonly string[] = [
  'invitation_already_revoked',
  'invitation_already_accepted',
  'resource_not_found',
];

/** Clerk did not do what it was asked. The message is a code that may be stored; it names nobody. */
export class InvitingError extends Error {
  override readonly name = 'InvitingError';
  /** To ask again would bring the same answer. */
  readonly isFinal: boolean;
  /** Seconds that Clerk wants to be left alone for; null when it does not say. */
  readonly retryAfterSeconds: number | null;

  constructor(code: string, isFinal = false, retryAfterSeconds: number | null = null) {
    super(code);
    this.isFinal = isFinal;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** An invitation at Clerk that can be accepted, as far as it is ours. */
export interface PendingInvitation {
  readonly providerId: string;
  /** Of how many times ours was sent this one is. */
  readonly sending: number;
}

/** What is asked of Clerk to invite somebody. */
export interface InvitingDoor {
  /** Our invitation's pending ones at Clerk. */
  readonly pendingOf: (invitationId: string, email: string) => Promise<readonly PendingInvitation[]>;
  /** Has Clerk make one and send the mail. @returns Clerk's id of it. */
  readonly create: (wanted: {
    readonly invitationId: string;
    readonly email: string;
    readonly role: string;
    readonly sending: number;
    /** Whole days, at least 1: Clerk counts in nothing smaller. */
    readonly days: number;
  }) => Promise<string>;
  /** Makes a link unusable; one that is so already is fine. */
  readonly revoke: (providerId: string) => Promise<void>;
}

async function asked<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const lateness = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new InvitingError('clerk.no_answer')), timeoutMs);
  });
  try {
    return await Promise.race([call(), lateness]);
  } catch (error) {
    if (!isClerkAPIResponseError(error)) throw error;
    const { status, retryAfter } = error;
    if (status === undefined) throw new InvitingError('clerk.no_answer');
    const code = error.errors[0]?.code;
    const isFinal = status >= 400 && status < 500 && !passing.includes(status);
    throw new InvitingError(`clerk.${code ?? status}`, isFinal, retryAfter ?? null);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Clerk's Backend API by its own SDK. Which invitation of ours one is stands in its public metadata, which only a secret key can write; Clerk
 * hands it on to the account, from where the session token has it as `role` and `invitation` (docs/how-to/connect-clerk.md).
 * Source: https://clerk.com/docs/reference/backend-api/tag/Invitations
 */
export function createInvitingDoor({ secretKey, apiUrl }: InvitingConfig): InvitingDoor {
  const { invitations } = createClerkClient({ secretKey, apiUrl, telemetry: { disabled: true } });
  return {
    async pendingOf(invitationId, email) {
      // Clerk searches for a part of the address; with the whole address there are few.
      const { data } = await asked(() =>
        invitations.getInvitationList({ status: 'pending', query: email, limit: 100 }),
      );
      return data
        .filter(({ publicMetadata }) => publicMetadata?.invitation === invitationId)
        .map(({ id, publicMetadata }) => ({ providerId: id, sending: Number(publicMetadata?.sending) }));
    },
    async create({ invitationId, email, role, sending, days }) {
      const made = await asked(() =>
        invitations.createInvitation({
          emailAddress: email,
          expiresInDays: days,
          publicMetadata: { role: `mm_${role}`, invitation: invitationId, sending },
        }),
      );
      return made.id;
    },
    async revoke(providerId) {
      try {
        await asked(() => invitations.revokeInvitation(providerId));
      } catch (error) {
        const code = error instanceof InvitingError ? error.message.slice('clerk.'.length) : '';
        if (!revokedBefore.includes(code)) throw error;
      }
    },
  };
}
