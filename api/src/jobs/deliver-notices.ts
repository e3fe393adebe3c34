import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { MailError, type SendMail } from '../mail/mailer.ts';
import { NoticeUnfitError, renderNotice } from '../mail/notice-templates.ts';

const claimStatement = {
  name: 'claim_deliveries',
  text: `select id, kind, address, display_name, variables from app.claim_deliveries($1, '{email}')`,
};
const sentStatement = { name: 'record_delivery_sent', text: 'select app.record_delivery_sent($1, $2, $3) as recorded' };
const failedStatement = {
  name: 'record_delivery_failed',
  text: 'select app.record_delivery_failed($1, $2, $3) as state',
};

/** Notices taken at once: well within the two minutes that they are ours, also while the provider is slow. */
const batch = 20;

interface Delivery {
  readonly id: string;
  readonly kind: string;
  readonly address: string;
  readonly display_name: string | null;
  readonly variables: unknown;
}

export interface NoticeDelivery {
  readonly database: Pick<Database, 'query'>;
  readonly log: Logger;
  readonly send: SendMail;
  readonly adminUrl: string;
}

/** Whether the provider would refuse the same mail again: what is wrong is the mail itself. */
const isFinal = (error: unknown): boolean =>
  error instanceof NoticeUnfitError || (error instanceof MailError && (error.status === 400 || error.status === 422));

async function deliver({ database, log, send, adminUrl }: NoticeDelivery, delivery: Delivery): Promise<boolean> {
  const { id, kind, address, display_name: displayName, variables } = delivery;
  try {
    const { mail, templateVersion } = renderNotice(kind, variables, { displayName, adminUrl });
    // With the version: a template that changed between two attempts makes another mail, which the same key would refuse.
    const providerId = await send(address, mail, `notice/${id}/${templateVersion}`);
    await database.query(sentStatement, [id, providerId, templateVersion]);
    log.info({ deliveryId: id, kind, providerId }, 'a notice was mailed');
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [row] = await database.query<{ state: string | null }>(failedStatement, [id, message, isFinal(error)]);
    log.warn({ deliveryId: id, kind, state: row?.state, err: error }, 'a notice could not be mailed');
    return false;
  }
}

/**
 * Mails the notices that are due (NT-06), oldest first, until none is. One that fails comes again later and holds up nobody; how it went stands in
 * the log of deliveries. Any number of workers may do so: each notice is claimed by one.
 * @returns how many left.
 */
export async function deliverNotices(
  delivery: NoticeDelivery,
  isStopping: () => boolean = () => false,
): Promise<number> {
  let sent = 0;
  while (!isStopping()) {
    const due = await delivery.database.query<Delivery>(claimStatement, [batch]);
    for (const each of due) {
      sent += (await deliver(delivery, each)) ? 1 : 0;
    }
    if (due.length < batch) {
      break;
    }
  }
  return sent;
}
