import { verifySvixSignature } from '../../../webhooks/svix-signature.ts';
import { vendorName } from '../schema.ts';
import { webhookRoute } from '../webhook-route.ts';
import { clerkEvent } from './schema.ts';

/** `POST /api/webhooks/clerk`. What the event is about stays inside the body: it is a person, and operators read the inbox. */
export const receiveClerkWebhookRoute = webhookRoute({
  name: 'clerk',
  title: 'Clerk',
  signedIn: '`svix-id`, `svix-timestamp` and `svix-signature`',
  verify: (body, headers, secret) => verifySvixSignature(body, headers, [secret]),
  read: (content, headers) => ({
    eventId: vendorName.parse(headers['svix-id']),
    type: clerkEvent.parse(content).type,
    objectId: null,
  }),
});
