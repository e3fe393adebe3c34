import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, type Postgres, randomPassword, startPostgres } from '@mm/local';
import { deploy, type IdentityProvider } from '@mm/sql';
import pg from 'pg';
import { makeSmallDisk, type SmallDisk } from './small-disk.ts';
import { eventually } from './wait.ts';

/** As they come: a kill must not cost what was committed. Only the write-ahead log is kept short, for the size of the disk. */
const settings = { max_wal_size: '128MB', min_wal_size: '48MB', jit: 'off', restart_after_crash: 'on' };

export type ClusterOptions = {
  readonly identity: IdentityProvider;
  /** Receives the server's log, line by line. */
  readonly onLog: (line: string) => void;
};

/** A PostgreSQL that may be killed at any time: with the durability of production, on a disk that can be made full. */
export class FaultyCluster {
  /** Undefined where no disk could be mounted. */
  readonly disk: SmallDisk | undefined;
  readonly serviceUrl: string;
  /** Superuser: to arrange, to harm and to look. Errors of connections that were killed do not end the program. */
  readonly admin: pg.Pool;
  readonly #folder: string;
  readonly #launch: () => Promise<Postgres>;
  #server: Postgres;

  private constructor(parts: {
    folder: string;
    disk: SmallDisk | undefined;
    launch: () => Promise<Postgres>;
    servicePassword: string;
    server: Postgres;
  }) {
    this.disk = parts.disk;
    this.#folder = parts.folder;
    this.#launch = parts.launch;
    this.#server = parts.server;
    const service = new URL(parts.server.adminUrl);
    service.username = 'mm_service';
    service.password = parts.servicePassword;
    this.serviceUrl = service.href;
    this.admin = new pg.Pool({ connectionString: parts.server.adminUrl, max: 4, connectionTimeoutMillis: 5_000 });
    this.admin.on('error', () => {});
    this.admin.on('connect', (client) => client.on('error', () => {}));
  }

  static async start({ identity, onLog }: ClusterOptions): Promise<FaultyCluster> {
    const disk = makeSmallDisk();
    const folder = disk?.folder ?? mkdtempSync(join(tmpdir(), 'mm-faults-'));
    const password = randomPassword();
    const servicePassword = randomPassword();
    const port = await findFreePort();
    const launch = () => startPostgres({ dataDir: folder, password, port, settings, onLog });
    const server = await launch();
    await deploy({ adminUrl: server.adminUrl, identity, servicePassword, authenticatorPassword: randomPassword() });
    return new FaultyCluster({ folder, disk, launch, servicePassword, server });
  }

  /** Kills every process of the server at once, as a power cut would, and starts it again on what is left. */
  async killAndRecover(): Promise<void> {
    this.#killGroup();
    await this.#server.exited;
    await this.ensureUp();
  }

  /** Starts the server again if it has ended, which it does by itself when it cannot write its log. */
  async ensureUp(): Promise<void> {
    const hasEnded = await Promise.race([
      this.#server.exited.then(() => true),
      new Promise<false>((resolve) => setImmediate(() => resolve(false))),
    ]);
    if (hasEnded) this.#server = await this.#launch();
    await this.answers();
  }

  /** Resolves when it takes queries, also after it restarted itself. @throws when it does not within half a minute */
  async answers(): Promise<void> {
    await this.insist('select 1');
  }

  async query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const result: unknown = await this.admin.query<Row>(text, [...values]);
    // Of several statements there are several results, and nobody asks for them.
    return Array.isArray(result) ? [] : (result as pg.QueryResult<Row>).rows;
  }

  /** The same for what may be done twice: again and again, while the server is down. */
  insist<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return eventually(`the server took: ${text}`, () => this.query<Row>(text, values));
  }

  async close(): Promise<void> {
    await this.admin.end();
    this.disk?.free();
    await this.#server.stop();
    if (this.disk === undefined) rmSync(this.#folder, { recursive: true, force: true });
    else this.disk.remove();
  }

  /** For the end of the program by a signal: nothing is left running. */
  destroy(): void {
    this.#killGroup();
    this.disk?.remove();
  }

  #killGroup(): void {
    try {
      process.kill(-this.#server.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}
