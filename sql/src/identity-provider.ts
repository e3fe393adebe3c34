import type { Client } from 'pg';

/** Whose session tokens the database believes. */
export type IdentityProvider = {
  /** `iss`, compared exactly. */
  issuer: string;
  /** What `aud` must be or contain. */
  audience: string;
  /** Origins of which `azp` must be one; empty: not checked. */
  authorizedParties: readonly string[];
};

/** Makes this the only identity provider. Writes nothing when it is already. */
export async function applyIdentityProvider(client: Client, provider: IdentityProvider): Promise<void> {
  const values = [provider.issuer, provider.audience, provider.authorizedParties];
  await client.query('delete from authz.identity_providers where issuer <> $1', [provider.issuer]);
  await client.query(
    `insert into authz.identity_providers as p (issuer, audience, authorized_parties) values ($1, $2, $3)
     on conflict (issuer) do update
       set audience = excluded.audience, authorized_parties = excluded.authorized_parties, updated_at = now()
       where (p.audience, p.authorized_parties) is distinct from (excluded.audience, excluded.authorized_parties)`,
    values,
  );
}
