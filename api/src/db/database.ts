import type { DB } from '@mm/sql/types';
import {
  Kysely,
  type PostgresCursor,
  PostgresDialect,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from 'kysely';
import { DatabaseError, Pool, type PoolClient, type QueryResultRow } from 'pg';
import { DatabaseUnavailableError } from './unavailable.ts';

export interface DatabaseOptions {
  readonly url: string;
  /** Most connections held open. */
  readonly poolMax: number;
  /** `mm-api` or `mm-worker`: SQL tells the doors apart by it. */
  readonly applicationName: 'mm-api' | 'mm-worker';
  /** Called when a connection breaks, idle or in use; the pool replaces it by itself, and its statement is rejected. */
  readonly onConnectionError: (error: Error) => void;
}

/** A statement that PostgreSQL plans once per connection. `name` must be unique to `text`. */
export interface NamedStatement {
  readonly name: string;
  readonly text: string;
}

/** The connection of `mm_service`. Errors of SQL come through as pg's DatabaseError, a missing answer as DatabaseUnavailableError. */
export interface Database {
  readonly kysely: Kysely<DB>;
  readonly pool: Pool;
  /** Runs one statement as `mm_service` itself, in one round trip. */
  query<Row extends QueryResultRow>(statement: NamedStatement, values: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** How long a request waits for a free connection before it is answered 503, in milliseconds. */
const acquireTimeoutMs = 3_000;
const statementTimeoutMs = 10_000;

/** Whether a migration has changed what a prepared statement answers: it has to be prepared anew, on a new connection. */
function isOutdated(error: DatabaseError): boolean {
  return error.routine === 'RevalidateCachedQuery';
}

/** Whether the connection may go to the next request. */
function isUsableAfter(error: unknown): boolean {
  // What PostgreSQL answered has a SQLSTATE; everything else that a query rejects with is a broken or silent connection.
  return error instanceof DatabaseError && !isOutdated(error);
}

function asUnavailable(error: unknown): unknown {
  return isUsableAfter(error) ? error : new DatabaseUnavailableError(error);
}

async function acquire(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    // No connection, no answer: also a wrong password or "too many clients", which do have a SQLSTATE, leave nothing to ask.
    throw new DatabaseUnavailableError(error);
  }
}

/** Texts that are prepared; beyond, a text is planned each time: lists of any length make texts without end. */
const mostPrepared = 500;

/** Names for the texts that Kysely writes, the same for the same text: PostgreSQL plans each once per connection. */
function statementNames(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size === mostPrepared) {
      return known;
    }
    const name = `kysely_${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}

/** Kysely's view of a client: the same queries, prepared, with broken connections told apart from errors of SQL. */
function toKyselyClient(client: PoolClient, nameOf: (text: string) => string | undefined): PostgresPoolClient {
  let isUsable = true;
  function query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(text: unknown, parameters?: readonly unknown[]): unknown {
    if (typeof text !== 'string') {
      throw new TypeError('Cursors are not used here.');
    }
    const values = parameters === undefined ? [] : [...parameters];
    return client.query({ text, values, name: nameOf(text) }).catch((error: unknown) => {
      isUsable &&= isUsableAfter(error);
      throw asUnavailable(error);
    });
  }
  return { query, release: (destroy?: boolean) => client.release(destroy || !isUsable) };
}

/** Opens the pool; no connection is made before the first query, so a process starts also while its database is away. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new Pool({
    connectionString: options.url,
    max: options.poolMax,
    application_name: options.applicationName,
    connectionTimeoutMillis: acquireTimeoutMs,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + 2_000,
    keepAlive: true,
  });
  pool.on('error', options.onConnectionError);
  // The pool listens to idle connections only. One that breaks while in use emits "error" as well, besides rejecting its statement,
  // and an "error" without a listener ends the process.
  pool.on('connect', (client) => client.on('error', options.onConnectionError));

  const nameOf = statementNames();
  const clients = new WeakMap<PoolClient, PostgresPoolClient>();
  const kysely = new Kysely<DB>({
    dialect: new PostgresDialect({
      pool: {
        options: pool.options,
        connect: async () => {
          const client = await acquire(pool);
          const known = clients.get(client);
          if (known !== undefined) {
            return known;
          }
          const adapted = toKyselyClient(client, nameOf);
          clients.set(client, adapted);
          return adapted;
        },
        end: () => pool.end(),
      },
    }),
  });

  return {
    kysely,
    pool,
    async query(statement, values) {
      const client = await acquire(pool);
      try {
        const result = await client.query({ ...statement, values: [...values] });
        client.release();
        return result.rows;
      } catch (error) {
        // A connection that gave no answer is in an unknown state and must not go to the next request.
        client.release(!isUsableAfter(error));
        throw asUnavailable(error);
      }
    },
    close: () => pool.end(),
  };
}
