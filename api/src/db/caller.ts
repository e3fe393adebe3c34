import type { DB } from '@mm/sql/types';
import { sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';

/** The database roles that a session token may name (DESIGN: roles). `mm_anon` is not among them: it is the role of no token. */
export const callerRoles = ['mm_coach', 'mm_admin', 'mm_compliance', 'mm_operator', 'mm_auditor'] as const;
export type CallerRole = (typeof callerRoles)[number];

/** Whose request this is: the verified claims of the session token and the facts that audit entries record. */
export interface Caller {
  readonly role: CallerRole;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What SQL may know about the HTTP request, under the names PostgREST uses. */
export interface RequestFacts {
  readonly requestId: string;
  readonly userAgent: string | undefined;
}

function headersOf(facts: RequestFacts): string {
  return JSON.stringify({
    'x-request-id': facts.requestId,
    ...(facts.userAgent === undefined ? {} : { 'user-agent': facts.userAgent.slice(0, 512) }),
  });
}

/**
 * Becomes the caller for the rest of the transaction: role, claims and headers are set in one statement and end with it, so that nothing
 * of them reaches the next user of the connection; then `authz.check_request()` decides whether the claims are good. This is what
 * PostgREST does, so that a policy cannot tell the two doors apart.
 */
export async function enterCaller(transaction: Transaction<DB>, caller: Caller, facts: RequestFacts): Promise<void> {
  await sql`
    select set_config('role', ${caller.role}, true),
           set_config('request.jwt.claims', ${JSON.stringify(caller.claims)}, true),
           set_config('request.headers', ${headersOf(facts)}, true)`.execute(transaction);
  await sql`select authz.check_request()`.execute(transaction);
}

/** Runs `work` in one transaction as the caller. */
export function withCaller<T>(
  database: Database,
  caller: Caller,
  facts: RequestFacts,
  work: (transaction: Transaction<DB>) => Promise<T>,
): Promise<T> {
  return database.kysely.transaction().execute(async (transaction) => {
    await enterCaller(transaction, caller, facts);
    return work(transaction);
  });
}

/** Runs `work` in one transaction as `mm_service` itself, which may do nothing but call the functions named for it. */
export function withService<T>(
  database: Database,
  facts: RequestFacts,
  work: (transaction: Transaction<DB>) => Promise<T>,
): Promise<T> {
  return database.kysely.transaction().execute(async (transaction) => {
    await sql`select set_config('request.headers', ${headersOf(facts)}, true)`.execute(transaction);
    return work(transaction);
  });
}
