import { createHmac } from 'node:crypto';

/**
 * The `mux-signature` header of one attempt: `t=<unix seconds>,v1=<hex of HMAC-SHA256(secret, t + "." + body)>`.
 * Source: https://www.mux.com/docs/core/verify-webhook-signatures.
 */
export function webhookSignature(body: string, secret: string, now: number): string {
  const timestamp = Math.floor(now / 1000);
  const digest = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return `t=${timestamp},v1=${digest}`;
}
