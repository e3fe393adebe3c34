import type { TestPostgrest } from './database.ts';
import { type Claims, claimsOf } from './identity.ts';
import type { PersonaName } from './personas.ts';

export type RestAnswer = { status: number; body: unknown; headers: Headers };

export type RestRequest = {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
};

/** Asks PostgREST as this person, with these claims, with a token of one's own making, or without any (null). */
export async function rest(
  postgrest: TestPostgrest,
  who: PersonaName | Claims | { token: string } | null,
  path: string,
  { method = 'GET', body, headers = {} }: RestRequest = {},
): Promise<RestAnswer> {
  const token = await tokenOf(postgrest, who);
  const response = await fetch(`${postgrest.url}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers };
}

async function tokenOf(
  postgrest: TestPostgrest,
  who: PersonaName | Claims | { token: string } | null,
): Promise<string | null> {
  if (who === null) return null;
  if (typeof who === 'string') return postgrest.signToken(claimsOf(who));
  return 'token' in who && typeof who.token === 'string' ? who.token : postgrest.signToken(who);
}
