import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { MailStore, StoredMail } from './mail-store.ts';
import { ResendError } from './resend-error.ts';
import { parseSendRequest, type SendRequest } from './send-request.ts';

export type ResendOptions = { store: MailStore; apiKey: string; verifiedDomains: readonly string[] };

/**
 * The part of Resend's REST interface that sends mail: `POST /emails`, `POST /emails/batch`, `GET /emails/:id`. Nothing is
 * delivered; the mails are kept for the mailbox's pages.
 */
export async function resendRoutes(
  app: FastifyInstance,
  { store, apiKey, verifiedDomains }: ResendOptions,
): Promise<void> {
  app.post('/emails', { bodyLimit: 42 * 1024 * 1024 }, async (request) => {
    authenticate(request, apiKey);
    const key = idempotencyKey(request);
    const [id] = store.accept([parseSendRequest(request.body, verifiedDomains)], request.body, key);
    return { id };
  });

  app.post('/emails/batch', { bodyLimit: 42 * 1024 * 1024 }, async (request) => {
    authenticate(request, apiKey);
    const key = idempotencyKey(request);
    const { body } = request;
    if (!Array.isArray(body) || body.length === 0 || body.length > 100) {
      throw new ResendError(422, 'validation_error', 'The request body must be an array of 1 to 100 emails.');
    }
    const permissive = request.headers['x-batch-validation'] === 'permissive';
    const errors: { index: number; message: string }[] = [];
    const requests: SendRequest[] = [];
    for (const [index, mail] of body.entries()) {
      try {
        requests.push(parseBatched(mail, verifiedDomains));
      } catch (error) {
        if (!(error instanceof ResendError) || !permissive) throw error;
        errors.push({ index, message: error.message });
      }
    }
    const data = store.accept(requests, body, key).map((id) => ({ id }));
    return permissive ? { data, errors } : { data };
  });

  app.get<{ Params: { id: string } }>('/emails/:id', async (request, reply) => {
    // A person who follows a link has a browser and no API key: show the page instead.
    const isBrowser = request.headers.authorization === undefined && request.headers.accept?.includes('text/html');
    if (isBrowser && store.find(request.params.id)) return reply.redirect(`/read/${request.params.id}`, 302);
    authenticate(request, apiKey);
    if (!isUuid(request.params.id)) {
      throw new ResendError(422, 'invalid_parameter', 'The parameter `id` must be a valid UUID.');
    }
    const mail = store.find(request.params.id);
    if (!mail) throw new ResendError(404, 'not_found', 'Email not found');
    return retrieved(mail);
  });
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
}

function parseBatched(mail: unknown, verifiedDomains: readonly string[]): SendRequest {
  const parsed = parseSendRequest(mail, verifiedDomains);
  for (const field of ['attachments', 'scheduled_at'] as const) {
    if (parsed[field] !== undefined) {
      throw new ResendError(422, 'validation_error', `The \`${field}\` field is not supported in batches.`);
    }
  }
  return parsed;
}

function authenticate(request: FastifyRequest, apiKey: string): void {
  const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (given === undefined) {
    throw new ResendError(401, 'missing_api_key', 'Missing API key in the authorization header.');
  }
  const digest = (text: string) => createHash('sha256').update(text).digest();
  if (!timingSafeEqual(digest(given), digest(apiKey)))
    throw new ResendError(403, 'invalid_api_key', 'API key is invalid');
}

function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || key.length < 1 || key.length > 256) {
    throw new ResendError(400, 'invalid_idempotency_key', 'The key must be between 1-256 chars.');
  }
  return key;
}

function retrieved({ id, createdAt, request }: StoredMail): object {
  const due = request.scheduled_at;
  return {
    object: 'email',
    id,
    message_id: `<${id}@mailbox.localhost>`,
    to: request.to,
    from: request.from,
    created_at: createdAt,
    subject: request.subject,
    html: request.html ?? null,
    text: request.text ?? null,
    bcc: request.bcc ?? [],
    cc: request.cc ?? [],
    reply_to: request.reply_to ?? [],
    tags: request.tags ?? [],
    topic_id: request.topic_id ?? null,
    scheduled_at: due ?? null,
    last_event: due !== undefined && Date.parse(due) > Date.now() ? 'scheduled' : 'delivered',
  };
}
