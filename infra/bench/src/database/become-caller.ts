import type { Client } from 'pg';

/** A person of sql/seeds/personas.sql, and the role that their token names. */
export type Caller = { subject: string; role: string };

/** Opens a transaction as this person, exactly as the doors do: role, claims and headers in one statement, then the check. */
export async function beginAs(client: Client, { subject, role }: Caller): Promise<void> {
  const claims = {
    iss: 'https://identity.bench',
    aud: 'bench',
    sub: subject,
    role,
    sts: 'active',
    exp: Math.floor(Date.now() / 1000) + 3600,
  };
  await client.query('begin');
  await client.query(
    `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true), set_config('request.headers', '{}', true)`,
    [role, JSON.stringify(claims)],
  );
  await client.query('select authz.check_request()');
}
