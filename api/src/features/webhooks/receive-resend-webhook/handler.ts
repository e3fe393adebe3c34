import { verifySvixSignature } from '../../../webhooks/svix-signature.ts';
import { vendorName } from '../schema.ts';
import { webhookRoute } from '../webhook-route.ts';
import { resendEvent } from './schema.ts';

/** `POST /api/webhooks/resend`. */
export const receiveResendWebhookRoute = webhookRoute({
  name: 'resend',
  title: 'Resend',
  signedIn: '`svix-id`, `svix-timestamp` and `svix-signature`',
  verify: (body, headers, secret) => verifySvixSignature(body, headers, [secret]),
  read: (content, headers) => {
    const { type, data } = resendEvent.parse(content);
    return { eventId: vendorName.parse(headers['svix-id']), type, objectId: data?.email_id ?? null };
  },
});
