import type { ClientBase } from 'pg';
import type { Role } from './declare.ts';
import { claimsFor } from './doors.ts';
import type { Answer, Ask } from './probe.ts';
import type { Actor } from './scenario.ts';

/**
 * Asks as any role within one transaction of a superuser's connection, so that what the transaction has changed (a weakened rule, say) is
 * seen and nothing of it stays.
 */
export function inTransaction(client: ClientBase): (actor: Actor) => Ask {
  const become = (role: string, claims: unknown) =>
    client.query(`select set_config('role', $1, true), set_config('request.jwt.claims', $2, true)`, [
      role,
      claims === null ? '' : JSON.stringify(claims),
    ]);
  return (actor) => async (statements) => {
    const role: Role | 'none' = actor === 'superuser' ? 'none' : actor;
    await become(role, role === 'none' ? null : claimsFor(role));
    const { rows } = await client.query<{ answers: Answer[] }>('select probe.run($1) as answers', [statements]);
    await become('none', null);
    return rows[0]?.answers ?? [];
  };
}
