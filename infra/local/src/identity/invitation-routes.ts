import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ClerkError } from './clerk-error.ts';
import type { Invitation, InvitationStore } from './invitation-store.ts';

export type InvitationRoutesOptions = {
  store: InvitationStore;
  /** The only secret key that is accepted. */
  secretKey: string;
  /** Whether somebody has an account with this address. */
  isTaken: (email: string) => boolean;
  /** Sends the mail with the link. */
  notify: (invitation: Invitation, ticket: string) => void;
};

const creation = z.strictObject({
  email_address: z.email(),
  public_metadata: z.record(z.string(), z.unknown()).default({}),
  redirect_url: z.url().optional(),
  expires_in_days: z.int().min(1).max(365).default(30),
  notify: z.boolean().default(true),
  ignore_existing: z.boolean().default(false),
  template_slug: z.enum(['invitation', 'waitlist_invitation']).default('invitation'),
});
const listing = z.object({
  status: z.enum(['pending', 'accepted', 'revoked', 'expired']).optional(),
  query: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(10),
  offset: z.coerce.number().int().min(0).default(0),
  paginated: z.string().optional(),
});

/**
 * The part of Clerk's Backend API that invites people: `POST /v1/invitations`, `GET /v1/invitations`, `POST /v1/invitations/:id/revoke`
 * (https://clerk.com/docs/reference/backend-api/tag/Invitations). An address that has an account or a pending invitation is refused as there.
 */
export async function invitationRoutes(app: FastifyInstance, options: InvitationRoutesOptions): Promise<void> {
  const { store, secretKey, isTaken, notify } = options;
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof ClerkError) return answer(reply.status(error.status), error);
    throw error;
  });
  app.addHook('onRequest', async (request) => authenticate(request, secretKey));

  app.post('/v1/invitations', async (request, reply) => {
    const given = creation.safeParse(request.body);
    if (!given.success) throw unfit(given.error);
    const { email_address: address, ignore_existing: ignoresExisting, ...rest } = given.data;
    const email = address.toLowerCase();
    if (!ignoresExisting && isTaken(email)) {
      const message = 'That email address is taken. Please try another.';
      throw new ClerkError(422, 'form_identifier_exists', message, { meta: { param_name: 'email_address' } });
    }
    if (!ignoresExisting && store.all.some((each) => each.email === email && store.statusOf(each) === 'pending')) {
      const long = `There are already pending invitations for the following email addresses: ${email}`;
      throw new ClerkError(400, 'duplicate_record', 'duplicate invitation', {
        long,
        meta: { email_addresses: [email] },
      });
    }
    const { public_metadata: publicMetadata, redirect_url: redirectUrl, expires_in_days: days } = rest;
    const { invitation, ticket } = store.add({ email, publicMetadata, redirectUrl, days });
    if (rest.notify) notify(invitation, ticket);
    return answer(reply, shown(store, invitation));
  });

  app.get('/v1/invitations', async (request, reply) => {
    const asked = listing.safeParse(request.query);
    if (!asked.success) throw unfit(asked.error);
    const { status, query, limit, offset, paginated } = asked.data;
    const found = store.all.filter((invitation) => {
      const own = store.statusOf(invitation);
      const text = query?.toLowerCase() ?? '';
      return (
        (status === undefined ? own !== 'revoked' : own === status) &&
        (invitation.email.includes(text) || invitation.id.toLowerCase().includes(text))
      );
    });
    const data = found.slice(offset, offset + limit).map((invitation) => shown(store, invitation));
    return answer(reply, paginated === 'true' ? { data, total_count: found.length } : data);
  });

  app.post<{ Params: { id: string } }>('/v1/invitations/:id/revoke', async (request, reply) => {
    const { id } = request.params;
    const invitation = store.find(id);
    if (!invitation) {
      throw new ClerkError(404, 'resource_not_found', 'not found', { long: `No invitation was found with id ${id}.` });
    }
    if (invitation.state === 'accepted') {
      const message = 'Invitation is already accepted, try signing in instead.';
      throw new ClerkError(400, 'invitation_already_accepted', message);
    }
    if (invitation.state === 'revoked') {
      throw new ClerkError(400, 'invitation_already_revoked', 'Invitation is already revoked.');
    }
    return answer(reply, shown(store, store.settle(invitation, 'revoked')));
  });
}

function authenticate(request: FastifyRequest, secretKey: string): void {
  const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  const digest = (text: string) => createHash('sha256').update(text).digest();
  if (given === undefined || !timingSafeEqual(digest(given), digest(secretKey))) {
    const message = 'The provided Clerk Secret Key is invalid. Make sure that your Clerk Secret Key is correct.';
    throw new ClerkError(401, 'clerk_key_invalid', message);
  }
}

function unfit(error: z.ZodError): ClerkError {
  const [issue] = error.issues;
  const name = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : String(issue?.path[0] ?? '');
  const code = issue?.code === 'unrecognized_keys' ? 'form_param_unknown' : 'form_param_format_invalid';
  return new ClerkError(422, code, `${name} is invalid`, { meta: { param_name: name } });
}

function shown(store: InvitationStore, invitation: Invitation): object {
  const status = store.statusOf(invitation);
  return {
    object: 'invitation',
    id: invitation.id,
    email_address: invitation.email,
    public_metadata: invitation.publicMetadata,
    revoked: status === 'revoked',
    status,
    expires_at: invitation.expiresAt,
    created_at: invitation.createdAt,
    updated_at: invitation.updatedAt,
  };
}

/** Clerk's SDK reads JSON only where the content type says so and nothing more: of bytes Fastify leaves it without a charset. */
function answer(reply: FastifyReply, body: object): FastifyReply {
  return reply.header('content-type', 'application/json').send(Buffer.from(JSON.stringify(body)));
}
