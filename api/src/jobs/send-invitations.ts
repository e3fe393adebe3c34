import { DatabaseError } from 'pg';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { type InvitingDoor, InvitingError } from '../identity/clerk-invitations.ts';

/** A row of `app.claim_invitation()`. */
interface ClaimedInvitation {
  readonly id: string;
  readonly runner: string;
  readonly step: 'create' | 'withdraw';
  readonly email: string;
  readonly role: string;
  readonly sendings: number;
  readonly life_seconds: number;
}

export interface Inviting {
  readonly database: Pick<Database, 'query'>;
  readonly log: Logger;
  readonly door: InvitingDoor;
}

const claimStatement = { name: 'claim_invitation', text: 'select * from app.claim_invitation()' };
const sentStatement = { name: 'record_invitation_sent', text: 'select app.record_invitation_sent($1, $2, $3)' };
const withdrawnStatement = {
  name: 'record_invitation_withdrawn',
  text: 'select app.record_invitation_withdrawn($1, $2)',
};
const delayStatement = {
  name: 'delay_invitation',
  text: 'select app.delay_invitation($1, $2, $3, $4, $5, $6) as outcome',
};

const daySeconds = 86_400;

/** Whether the row moved on meanwhile (it was revoked, sent again, or taken over), so that what was done for it does not count. */
const isLost = (error: unknown): boolean => error instanceof DatabaseError && error.hint === 'invitation.lost';

/** What is kept of an error: a code. */
function codeOf(error: unknown): string {
  if (error instanceof InvitingError) return error.message;
  return error instanceof DatabaseError ? `postgres.${error.code ?? 'unknown'}` : 'worker.unexpected';
}

/**
 * Brings what the identity provider has in line with the row. What is there is asked, not remembered: one that was made and could not be
 * written down is found again by its metadata, so that nobody gets two mails for one sending, and earlier sendings are withdrawn.
 */
async function carryOut({ database, door }: Inviting, invitation: ClaimedInvitation): Promise<void> {
  const { id, runner, step, email, role, sendings, life_seconds: life } = invitation;
  const pending = await door.pendingOf(id, email);
  const current = step === 'create' ? pending.find(({ sending }) => sending === sendings) : undefined;
  for (const { providerId } of pending.filter((each) => each !== current)) {
    await door.revoke(providerId);
  }
  if (step === 'withdraw') {
    await database.query(withdrawnStatement, [id, runner]);
    return;
  }
  const days = Math.max(1, Math.ceil(life / daySeconds));
  const providerId =
    current?.providerId ?? (await door.create({ invitationId: id, email, role, sending: sendings, days }));
  await database.query(sentStatement, [id, runner, providerId]);
}

/**
 * Has the identity provider make and withdraw the invitations that wait for it, one after the other. One that fails comes again, ever more
 * rarely; what the provider refuses for good has failed at once.
 * @returns how many were taken up.
 * @throws {DatabaseUnavailableError} when not even a failure could be recorded.
 */
export async function sendInvitations(inviting: Inviting, isStopping = (): boolean => false): Promise<number> {
  const { database, log } = inviting;
  for (let taken = 0; ; taken += 1) {
    const [invitation] = isStopping() ? [] : await database.query<ClaimedInvitation>(claimStatement, []);
    if (invitation === undefined) {
      return taken;
    }
    const { id, runner, step } = invitation;
    try {
      await carryOut(inviting, invitation);
      log.info({ invitationId: id, step }, 'an invitation is settled at the identity provider');
    } catch (error) {
      if (isLost(error)) {
        log.info({ invitationId: id, step }, 'an invitation changed meanwhile');
        continue;
      }
      const code = codeOf(error);
      log.warn({ invitationId: id, step, code }, 'an invitation did not get through');
      const [isFinal, pause] =
        error instanceof InvitingError ? [error.isFinal, error.retryAfterSeconds] : [false, null];
      try {
        await database.query(delayStatement, [id, runner, step, code, isFinal, pause]);
      } catch (failure) {
        if (!isLost(failure)) throw failure;
      }
    }
  }
}
