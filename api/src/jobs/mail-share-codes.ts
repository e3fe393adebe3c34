import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import type { SendMail } from '../mail/mailer.ts';
import { shareCodeMail } from '../mail/share-code-mail.ts';
import type { ShareProofs } from '../playback/share-proofs.ts';

const beginStatement = {
  name: 'begin_share_code_mail',
  text: 'select address, expires_at from app.begin_share_code_mail($1)',
};
const sentStatement = { name: 'record_share_code_sent', text: 'select app.record_share_code_sent($1, $2) as recorded' };
const failedStatement = {
  name: 'record_share_code_failed',
  text: 'select app.record_share_code_failed($1, $2, $3) as state',
};

/** What a job to mail a code carries: which, never the code or the address. */
export interface ShareCodeJob {
  readonly challengeId: string;
}

export interface CodeMailing {
  readonly database: Pick<Database, 'query'>;
  readonly log: Logger;
  readonly send: SendMail;
  readonly proofs: ShareProofs;
}

/**
 * Mails a code, if there is still anything to mail: not to who is no recipient, whose mail bounces, or whose link or code is dead meanwhile.
 * Sent twice, under the same idempotency key, it arrives once.
 * @returns whether a mail left.
 * @throws what the provider answered, which is recorded, so that the queue brings the job again.
 */
export async function mailShareCode(
  { database, log, send, proofs }: CodeMailing,
  { challengeId }: ShareCodeJob,
): Promise<boolean> {
  const [due] = await database.query<{ address: string; expires_at: Date }>(beginStatement, [challengeId]);
  if (due === undefined) {
    return false;
  }
  try {
    const mail = shareCodeMail(proofs.codeOf(challengeId), due.expires_at);
    const providerId = await send(due.address, mail, `share-code/${challengeId}`);
    await database.query(sentStatement, [challengeId, providerId]);
    log.info({ challengeId, providerId }, 'the code of a share link was mailed');
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await database.query(failedStatement, [challengeId, message, false]);
    throw error;
  }
}

/** Gives up a code whose job came back too often: SQL raises the alert. */
export async function giveUpShareCode(
  { database, log }: Pick<CodeMailing, 'database' | 'log'>,
  { challengeId }: ShareCodeJob,
): Promise<void> {
  await database.query(failedStatement, [challengeId, 'It was tried too often.', true]);
  log.error({ challengeId }, 'the code of a share link could not be mailed');
}
