import { createHmac, randomUUID } from 'node:crypto';
import type { Provider } from './payloads.ts';

/** A delivery as it goes over the wire. */
export interface SignedDelivery {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text);

/**
 * Signs a body as its provider would at this moment. Mux: `mux-signature: t=…,v1=<hex>` over `t.body`. Clerk and Resend are sent by Svix:
 * `v1,<base64>` over `id.t.body`, with the bytes behind `whsec_` as the key.
 * Sources: https://www.mux.com/docs/core/verify-webhook-signatures, https://docs.svix.com/receiving/verifying-payloads/how-manual
 */
export function sign(provider: Provider, body: string, secret: string, now: Date = new Date()): SignedDelivery {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  if (provider === 'mux') {
    const signature = hmac(secret, `${timestamp}.${body}`).digest('hex');
    return { body, headers: { 'mux-signature': `t=${timestamp},v1=${signature}` } };
  }
  const id = `msg_${randomUUID().replaceAll('-', '')}`;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return {
    body,
    headers: {
      'svix-id': id,
      'svix-timestamp': timestamp,
      'svix-signature': `v1,${hmac(key, `${id}.${timestamp}.${body}`).digest('base64')}`,
    },
  };
}
