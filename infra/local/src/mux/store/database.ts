import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** What takes the file from each version of its schema to the next, beginning with an empty one. Only ever added to. */
const STEPS = [
  `
create table uploads (
  seq integer primary key autoincrement,
  id text not null unique,
  secret text not null unique,
  status text not null,
  timeout_s integer not null,
  cors_origin text not null,
  settings text not null,
  is_test integer not null,
  created_at integer not null,
  expires_at integer not null,
  received integer not null default 0,
  total integer,
  asset_id text,
  error text
) strict;
create table assets (
  seq integer primary key autoincrement,
  id text not null unique,
  status text not null,
  upload_id text not null,
  settings text not null,
  passthrough text,
  thumbnail_time real,
  created_at integer not null,
  media text,
  errors text
) strict;
create index assets_upload_id on assets (upload_id);
create table playback_ids (
  id text primary key,
  asset_id text not null references assets (id) on delete cascade,
  policy text not null,
  created_at integer not null
) strict;
create index playback_ids_asset_id on playback_ids (asset_id);
create table signing_keys (
  seq integer primary key autoincrement,
  id text not null unique,
  public_key text not null,
  created_at integer not null
) strict;
create table playback_restrictions (
  seq integer primary key autoincrement,
  id text not null unique,
  referrer text not null,
  user_agent text not null,
  created_at integer not null,
  updated_at integer not null
) strict;
create table webhook_events (
  seq integer primary key autoincrement,
  id text not null unique,
  type text not null,
  object_id text not null,
  body text not null,
  state text not null,
  attempts integer not null default 0,
  created_at integer not null,
  next_attempt_at integer not null
) strict;
create index webhook_events_due on webhook_events (state, next_attempt_at);
create table webhook_deliveries (
  seq integer primary key autoincrement,
  event_id text not null,
  attempt integer not null,
  at integer not null,
  outcome text not null,
  status integer
) strict;
`,
  `
create table webhook_secret (
  only integer primary key check (only = 1),
  configured text not null,
  secret text not null
) strict;
`,
];

/**
 * The double's memory: one SQLite file. Every commit is on the disk before it is answered (WAL, synchronous=FULL), so a
 * `kill -9` loses nothing that somebody was told of.
 */
export class Database {
  readonly #sqlite: DatabaseSync;
  /** Every segment asks the same few questions: each is prepared once. */
  readonly #statements = new Map<string, StatementSync>();

  /** Opens or creates the file. Throws when another process has it open: two doubles on one folder would fight over it. */
  constructor(file: string) {
    this.#sqlite = new DatabaseSync(file, { timeout: 3000 });
    try {
      this.#sqlite.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full');
      this.#sqlite.exec('pragma foreign_keys = on');
      this.#migrate();
    } catch (error) {
      this.#sqlite.close();
      throw new Error(`The Mux double cannot open ${file}; is another one running on the same folder?`, {
        cause: error,
      });
    }
  }

  #migrate(): void {
    const version = Number(this.one('pragma user_version')?.user_version);
    if (version === STEPS.length) return;
    if (version > STEPS.length)
      throw new Error(`its schema has version ${version}, this program knows ${STEPS.length}`);
    const steps = STEPS.slice(version).join('');
    this.transaction(() => this.#sqlite.exec(`${steps} pragma user_version = ${STEPS.length}`));
  }

  /** Runs a statement and returns the number of rows it changed. */
  run(sql: string, ...values: SqlValue[]): number {
    return Number(this.#prepared(sql).run(...values).changes);
  }

  one(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.#prepared(sql).get(...values);
  }

  all(sql: string, ...values: SqlValue[]): Row[] {
    return this.#prepared(sql).all(...values);
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#sqlite.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** All of `work` or nothing of it. `work` is synchronous, so no other request can come in between. */
  transaction<T>(work: () => T): T {
    this.#sqlite.exec('begin immediate');
    try {
      const result = work();
      this.#sqlite.exec('commit');
      return result;
    } catch (error) {
      this.#sqlite.exec('rollback');
      throw error;
    }
  }

  close(): void {
    this.#sqlite.close();
  }
}

/** What a statement takes. */
export type SqlValue = string | number | null;
/** What a statement returns: parsed by the store that asked. */
export type Row = Record<string, unknown>;
