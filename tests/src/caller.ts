import type { Client } from 'pg';
import type { Claims } from './identity.ts';

/** Role, claims and headers for the rest of the transaction, as both doors set them. */
export async function becomeCaller(client: Client, claims: Claims | null, headers: Claims = {}): Promise<void> {
  await client.query(
    `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true), set_config('request.headers', $3, true)`,
    [
      claims === null ? 'mm_anon' : String(claims.role),
      claims === null ? '' : JSON.stringify(claims),
      JSON.stringify(headers),
    ],
  );
  await client.query('select authz.check_request()');
}
