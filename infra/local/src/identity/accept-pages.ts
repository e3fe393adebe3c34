import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { html } from '../page/html.ts';
import { sendPage } from '../page/send-page.ts';
import type { AccountStore } from './account-store.ts';
import type { InvitationStatus, InvitationStore } from './invitation-store.ts';
import type { Persona } from './personas.ts';
import { allowedReturnAddress } from './return-address.ts';
import { refusalPage, SIGN_IN_CSS } from './sign-in-page.ts';

export type AcceptPagesOptions = {
  store: InvitationStore;
  accounts: AccountStore;
  /** Origin of these pages: forms from elsewhere are refused. */
  ownOrigin: string;
  allowedOrigins: readonly string[];
  defaultReturn: string;
  signIn: (reply: FastifyReply, account: Persona) => void;
};

const form = z.object({ ticket: z.string(), name: z.string().trim().min(1).max(100) });
const metadata = z.object({
  role: z.enum(['mm_coach', 'mm_admin', 'mm_compliance', 'mm_operator', 'mm_auditor']),
  invitation: z.string().optional(),
});

const over: Record<Exclude<InvitationStatus, 'pending'>, string> = {
  accepted: 'This invitation was accepted already. Sign in instead.',
  revoked: 'This invitation was revoked. Ask whoever invited you for a new one.',
  expired: 'This invitation has expired. Ask whoever invited you for a new one.',
};

/**
 * What the link of an invitation opens. Looking at it changes nothing, because programs that check mail for viruses look at every link; the
 * account is made when the form is sent.
 */
export async function acceptPages(app: FastifyInstance, options: AcceptPagesOptions): Promise<void> {
  const { store, accounts, ownOrigin, allowedOrigins, defaultReturn, signIn } = options;
  const refuse = (reply: FastifyReply, status: number, explanation: string): FastifyReply => {
    const title = 'This invitation cannot be accepted';
    return sendPage(reply, { status, title, css: SIGN_IN_CSS, body: refusalPage(title, explanation) });
  };
  const pending = (ticket: string) => {
    const invitation = store.ofTicket(ticket);
    const status = invitation && store.statusOf(invitation);
    if (!invitation || status === undefined) return { why: 'The link is not whole, or was not sent from here.' };
    return status === 'pending' ? { invitation } : { why: over[status] };
  };

  app.get<{ Querystring: { ticket?: string } }>('/v1/tickets/accept', async (request, reply) => {
    const ticket = String(request.query.ticket ?? '');
    const { invitation, why } = pending(ticket);
    if (!invitation) return refuse(reply, 410, why);
    const body = html`<main>
<p class="brand">Motion Mavericks</p>
<h1>Accept the invitation</h1>
<p>You make an account for <strong>${invitation.email}</strong>.</p>
<form method="post" action="/v1/tickets/accept">
<input type="hidden" name="ticket" value="${ticket}">
<p><label>Your name<br><input name="name" required maxlength="100" autocomplete="name"></label></p>
<p><button class="button primary">Accept and sign in</button></p>
</form>
</main>`;
    return sendPage(reply, {
      title: 'Accept the invitation',
      css: SIGN_IN_CSS,
      body,
      formTargets: [...allowedOrigins],
    });
  });

  app.post('/v1/tickets/accept', async (request, reply) => {
    if (request.headers.origin !== ownOrigin)
      return refuse(reply, 403, 'Accepting works from the page of the link only.');
    const given = form.safeParse(request.body);
    if (!given.success) return refuse(reply, 422, 'The field "name" holds no name.');
    const { invitation, why } = pending(given.data.ticket);
    if (!invitation) return refuse(reply, 410, why);
    const told = metadata.safeParse(invitation.publicMetadata);
    if (!told.success) return refuse(reply, 422, 'The invitation names no role of this product.');
    const { role, invitation: claim } = told.data;
    const account = accounts.add({
      name: given.data.name,
      email: invitation.email,
      role: role.slice(3) as Persona['role'],
      ...(claim === undefined ? {} : { invitation: claim }),
    });
    store.settle(invitation, 'accepted');
    signIn(reply, account);
    const returnTo = invitation.redirectUrl && allowedReturnAddress(invitation.redirectUrl, allowedOrigins);
    return reply.redirect(returnTo ?? defaultReturn, 303);
  });
}
