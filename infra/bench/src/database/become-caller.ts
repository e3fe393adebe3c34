import type { Client } from 'pg';

/** A person of sql/seeds/personas.sql, and the role that their token names. */
export type Caller = { subject: string; role: string };

/** What a door sets for the transaction of this person. */
export function settingsOf({ subject, role }: Caller): { role: string; claims: string; headers: string } {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    v: 2,
    iss: 'https://identity.bench',
    aud: 'bench',
    sub: subject,
    sid: `sess_${subject}`,
    role,
    sts: 'active',
    fva: [0, -1],
    iat: now,
    nbf: now - 10,
    exp: now + 3600,
  };
  return { role, claims: JSON.stringify(claims), headers: '{"x-request-id": "bench"}' };
}

/** Opens a transaction as this person, exactly as the doors do: role, claims and headers in one statement, then the check. */
export async function beginAs(client: Client, caller: Caller): Promise<void> {
  const { role, claims, headers } = settingsOf(caller);
  await client.query('begin');
  await client.query(
    `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true), set_config('request.headers', $3, true)`,
    [role, claims, headers],
  );
  await client.query('select authz.check_request()');
}
