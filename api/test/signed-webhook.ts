import { createHmac } from 'node:crypto';

/** A webhook as Mux would send it: the body, and the header that signs it. */
export function signedWebhook(
  event: object | string,
  { secret, ageSeconds = 0 }: { readonly secret: string; readonly ageSeconds?: number },
): { body: string; headers: { 'content-type': string; 'mux-signature': string } } {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  const timestamp = Math.floor(Date.now() / 1000) - ageSeconds;
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { body, headers: { 'content-type': 'application/json', 'mux-signature': `t=${timestamp},v1=${signature}` } };
}
