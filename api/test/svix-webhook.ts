import { createHmac, randomUUID } from 'node:crypto';

/** A webhook as Svix would send it for Clerk or Resend: the body, and the headers that sign it. */
export function svixWebhook(
  event: object | string,
  {
    secret,
    id = `msg_${randomUUID().replaceAll('-', '')}`,
    ageSeconds = 0,
  }: { readonly secret: string; readonly id?: string; readonly ageSeconds?: number },
): { body: string; headers: Record<'content-type' | 'svix-id' | 'svix-timestamp' | 'svix-signature', string> } {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'svix-id': id,
      'svix-timestamp': timestamp,
      'svix-signature': `v1,${signature}`,
    },
  };
}

/** A secret in the form in which Svix shows it. */
export const svixSecretOf = (words: string): string => `whsec_${Buffer.from(words.padEnd(24, '.')).toString('base64')}`;
