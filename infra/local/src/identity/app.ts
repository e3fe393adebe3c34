import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sendPage } from '../page/send-page.ts';
import { acceptPages } from './accept-pages.ts';
import { AccountStore } from './account-store.ts';
import { type MailDoor, sendInvitation } from './invitation-mail.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { InvitationStore } from './invitation-store.ts';
import type { Persona } from './personas.ts';
import { allowedReturnAddress } from './return-address.ts';
import { SESSION_LIFETIME_SECONDS, type Session, SessionStore } from './session-store.ts';
import { signSessionToken } from './session-token.ts';
import { refusalPage, SIGN_IN_CSS, signInPage } from './sign-in-page.ts';
import type { SigningKey } from './signing-keys.ts';

export type IdentityAppOptions = {
  /** Origin of the issuer, the tokens' `iss`. */
  publicUrl: string;
  dataDir: string;
  audience: string;
  allowedOrigins: readonly string[];
  personas: readonly Persona[];
  /** May sign in as well, and are not on the page: accounts of programs. */
  unlisted: readonly Persona[];
  key: SigningKey;
  /** Secret key of the Backend API, by which people are invited; undefined: it is not there. */
  secretKey?: string | undefined;
  /** Where mails of invitations go; undefined: none is sent. */
  mailDoor?: MailDoor | undefined;
};

const signInForm = z.object({ persona: z.string(), return_to: z.string() });
const signOutBody = z.object({
  /** True ends every session of the person, not only this browser's. */
  all: z.union([z.boolean(), z.literal('true').transform(() => true)]).default(false),
  return_to: z.string().optional(),
});

/**
 * The local issuer's HTTP interface: JWKS, sign-in page, silent renewal of the 60-second token, step-up, sign-out.
 *
 * Every request that changes or reveals something is a POST whose `Origin` is compared with a list. Browsers send that
 * header with each POST and pages cannot set it, so another site (also one that rebinds its name to 127.0.0.1) can neither
 * sign anybody in nor fetch a token.
 */
export async function buildIdentity(options: IdentityAppOptions): Promise<FastifyInstance> {
  const { publicUrl, audience, allowedOrigins, personas, unlisted, key } = options;
  const ownOrigin = new URL(publicUrl).origin;
  const cookieName = `mm_session_${new URL(publicUrl).port || 'default'}`;
  const sessions = new SessionStore(options.dataDir);
  const accounts = new AccountStore(options.dataDir);
  const invitations = new InvitationStore(options.dataDir);
  const everybody = (): Persona[] => [...personas, ...accounts.all, ...unlisted];
  const personOf = (subject: string) => everybody().find((persona) => persona.subject === subject);
  const defaultReturn = `${allowedOrigins[0] ?? ownOrigin}/admin/`;

  const app = fastify({ bodyLimit: 16 * 1024, logger: false });
  await app.register(cookie);
  await app.register(cors, {
    origin: [...allowedOrigins],
    credentials: true,
    methods: ['POST'],
    allowedHeaders: ['content-type', 'x-request-id'],
    maxAge: 600,
  });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
  // A renewal may be sent with a JSON content type and nothing in it.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, String(body).trim() === '' ? {} : JSON.parse(String(body)));
    } catch {
      done(Object.assign(new Error('The body is not valid JSON.'), { statusCode: 400 }));
    }
  });

  const currentSession = (request: FastifyRequest): { session: Session; persona: Persona } | undefined => {
    const session = sessions.find(request.cookies[cookieName]);
    const persona = session && personOf(session.subject);
    return session && persona ? { session, persona } : undefined;
  };
  const setCookie = (reply: FastifyReply, value: string, maxAge: number): void => {
    const secure = publicUrl.startsWith('https:');
    reply.setCookie(cookieName, value, { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge });
  };
  const refuse = (reply: FastifyReply, status: number, title: string, explanation: string): FastifyReply =>
    sendPage(reply, { status, title, css: SIGN_IN_CSS, body: refusalPage(title, explanation) });

  app.get('/livez', async () => ({ status: 'ok' }));
  app.get('/', async (_request, reply) => reply.redirect('/sign-in', 302));
  app.get('/.well-known/jwks.json', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=60').send({ keys: [key.publicJwk] }),
  );

  app.get<{ Querystring: { return_to?: string } }>('/sign-in', async (request, reply) => {
    const returnTo = allowedReturnAddress(String(request.query.return_to ?? defaultReturn), allowedOrigins);
    if (returnTo === undefined) return refuseReturn(reply);
    const body = signInPage({
      personas: [...personas, ...accounts.all],
      returnTo,
      current: currentSession(request)?.persona,
    });
    return sendPage(reply, { title: 'Sign in', css: SIGN_IN_CSS, body, formTargets: [...allowedOrigins] });
  });

  app.post('/sign-in', async (request, reply) => {
    if (request.headers.origin !== ownOrigin) {
      return refuse(
        reply,
        403,
        'That did not come from the sign-in page',
        'Signing in works from the sign-in page only.',
      );
    }
    const form = signInForm.safeParse(request.body);
    const persona = form.success ? personOf(form.data.persona) : undefined;
    if (!form.success || !persona) {
      return refuse(reply, 422, 'Nobody of that name', 'The field "persona" names nobody of the sign-in page.');
    }
    const returnTo = allowedReturnAddress(form.data.return_to, allowedOrigins);
    if (returnTo === undefined) return refuseReturn(reply);
    const previous = currentSession(request);
    if (previous) sessions.end(previous.session.id);
    setCookie(reply, sessions.start(persona.subject).cookie, SESSION_LIFETIME_SECONDS);
    return reply.redirect(returnTo, 303);
  });

  app.post('/v1/token', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { origin } = request.headers;
    if (origin === undefined || !allowedOrigins.includes(origin)) {
      return reply.status(403).send({ code: 'origin_not_allowed', message: 'This origin may not ask for a token.' });
    }
    const current = currentSession(request);
    // Asking is how an app finds out, so "nobody" is an answer and no error, which a browser would print as one.
    if (!current) return reply.status(204).send();
    const { session, persona } = current;
    const { token, expiresAt } = await signSessionToken(key, {
      issuer: publicUrl,
      audience,
      persona,
      sessionId: session.id,
      authorizedParty: origin,
      authenticatedAt: session.authenticatedAt,
      now: Date.now(),
    });
    const { subject, name, email, role } = persona;
    return { token, expiresAt: new Date(expiresAt * 1000).toISOString(), user: { subject, name, email, role } };
  });

  // Step-up. Nobody has a password here, so that asking is the proof; the identity provider of production asks for a factor.
  app.post('/v1/confirm', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { origin } = request.headers;
    if (origin === undefined || !allowedOrigins.includes(origin)) {
      return reply
        .status(403)
        .send({ code: 'origin_not_allowed', message: 'This origin may not confirm for anybody.' });
    }
    const current = currentSession(request);
    if (!current) return reply.status(401).send({ code: 'not_signed_in', message: 'Nobody is signed in.' });
    sessions.confirm(current.session.id);
    return reply.status(204).send();
  });

  app.post('/v1/sign-out', async (request, reply) => {
    const { origin } = request.headers;
    if (origin === undefined || !(origin === ownOrigin || allowedOrigins.includes(origin))) {
      return reply.status(403).send({ code: 'origin_not_allowed', message: 'This origin may not sign anybody out.' });
    }
    const body = signOutBody.safeParse(request.body ?? {});
    if (!body.success) {
      return reply.status(422).send({ code: 'invalid', message: 'The field "all" must be true or false.' });
    }
    const current = currentSession(request);
    if (current && body.data.all) sessions.endAll(current.persona.subject);
    else if (current) sessions.end(current.session.id);
    setCookie(reply, '', 0);
    if (origin !== ownOrigin) return reply.status(204).send();
    const returnTo = allowedReturnAddress(body.data.return_to ?? defaultReturn, allowedOrigins) ?? defaultReturn;
    return reply.redirect(`/sign-in?return_to=${encodeURIComponent(returnTo)}`, 303);
  });

  await app.register(acceptPages, {
    store: invitations,
    accounts,
    ownOrigin,
    allowedOrigins,
    defaultReturn,
    signIn: (reply, { subject }) => setCookie(reply, sessions.start(subject).cookie, SESSION_LIFETIME_SECONDS),
  });
  const { secretKey, mailDoor } = options;
  if (secretKey !== undefined) {
    await app.register(invitationRoutes, {
      store: invitations,
      secretKey,
      isTaken: (email) => everybody().some((person) => person.email === email),
      notify: ({ email }, ticket) => {
        if (mailDoor === undefined) return;
        sendInvitation(mailDoor, email, `${publicUrl}/v1/tickets/accept?ticket=${ticket}`).catch((error: unknown) => {
          process.stderr.write(
            `An invitation was not mailed: ${error instanceof Error ? error.message : String(error)}\n`,
          );
        });
      },
    });
  }

  function refuseReturn(reply: FastifyReply): FastifyReply {
    const explanation = `"return_to" must be an address on ${allowedOrigins.join(' or ')}.`;
    return refuse(reply, 400, 'That address is not ours', explanation);
  }

  return app;
}
