import { verifyMuxSignature } from '../../../mux/webhook-signature.ts';
import { webhookRoute } from '../webhook-route.ts';
import { muxEvent } from './schema.ts';

/** `POST /api/webhooks/mux`. */
export const receiveMuxWebhookRoute = webhookRoute({
  name: 'mux',
  title: 'Mux',
  signedIn: '`mux-signature`',
  verify: (body, headers, secret) => verifyMuxSignature(body, headers['mux-signature'], [secret]),
  read: (content) => {
    const { id, type, object } = muxEvent.parse(content);
    return { eventId: id, type, objectId: object?.id || null };
  },
});
