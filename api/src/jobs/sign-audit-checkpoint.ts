import type { DB } from '@mm/sql/types';
import { sql, type Transaction } from 'kysely';
import { DatabaseError } from 'pg';
import {
  type Checkpoint,
  checkpointText,
  openCheckpoint,
  type SignedCheckpoint,
  timeText,
} from '../audit/checkpoint.ts';
import { CheckpointFile, isBeginOf } from '../audit/checkpoint-file.ts';
import { isConsistent } from '../audit/consistency.ts';
import { signNote, type VerifierKey, verifierKeyOf } from '../audit/signed-note.ts';
import type { AuditSigning } from '../config.ts';
import { crashPoint } from '../crash-point.ts';
import { withService } from '../db/caller.ts';
import type { Database } from '../db/database.ts';

/** The log is not what was signed, or the file is not what was written: nothing more is signed until a person has looked. */
export class AuditLogBrokenError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AuditLogBrokenError';
  }
}

/** SQLSTATE no_data_found: what audit.range_root() fails with. */
const nodeMissing = 'P0002';

/** The log as it stands, under the lock of the one signer. */
interface State {
  readonly size: number;
  readonly entries: number;
  readonly root: Buffer | null;
  /** Size of the newest checkpoint in the database; 0 when there is none. */
  readonly newestSize: number;
}

/**
 * Signs the state of the audit log when it has grown since the last checkpoint. That one is taken from the file outside the database,
 * and the log has to be a continuation of it: otherwise nothing is signed. A checkpoint is committed to the database first and then
 * appended to the file; what is missing there, because a process ended in between or another worker has signed, is appended first.
 */
export class CheckpointSigner {
  readonly #database: Database;
  readonly #signing: AuditSigning;
  readonly #file: CheckpointFile;
  readonly #key: VerifierKey;
  readonly #trusted: readonly VerifierKey[];

  constructor(database: Database, signing: AuditSigning) {
    this.#database = database;
    this.#signing = signing;
    this.#file = new CheckpointFile(signing.checkpointDir);
    this.#key = verifierKeyOf(signing.origin, signing.key);
    this.#trusted = [this.#key, ...signing.pastKeys];
  }

  /**
   * @returns the size that was signed; undefined when the log has not grown, or another worker is signing
   * @throws {AuditLogBrokenError} when log and file do not go together
   */
  async run(now: Date = new Date()): Promise<number | undefined> {
    try {
      return await this.#signWhatGrew(now);
    } catch (error) {
      throw error instanceof DatabaseError && error.code === nodeMissing
        ? new AuditLogBrokenError('A node of the tree over the batches is missing.', { cause: error })
        : error;
    }
  }

  async #signWhatGrew(now: Date): Promise<number | undefined> {
    const signed = await this.#alone(async (transaction, state) => {
      const last = await this.#settleFile(transaction, state);
      return state.size > (last?.size ?? 0) ? this.#sign(transaction, state, now) : undefined;
    });
    if (signed !== undefined) {
      crashPoint('checkpoint.recorded');
      await this.#alone((transaction, state) => this.#settleFile(transaction, state));
    }
    return signed;
  }

  async #alone<T>(work: (transaction: Transaction<DB>, state: State) => Promise<T>): Promise<T | undefined> {
    return withService(
      this.#database,
      { requestId: 'sign-audit-checkpoint', userAgent: undefined },
      async (transaction) => {
        const { rows } = await sql<{ size: string; entries: string; root: Buffer | null; newest_size: string }>`
        select size, entries, root, newest_size from audit.next_checkpoint()`.execute(transaction);
        const [row] = rows;
        return row === undefined
          ? undefined
          : work(transaction, {
              size: Number(row.size),
              entries: Number(row.entries),
              root: row.root,
              newestSize: Number(row.newest_size),
            });
      },
    );
  }

  /** Brings file and table together, and answers the last checkpoint, of which the log is a continuation. */
  async #settleFile(transaction: Transaction<DB>, state: State): Promise<SignedCheckpoint | undefined> {
    const end = await this.#file.readEnd();
    let last = end.note === undefined ? undefined : this.#open(end.note, this.#file.path);
    if (last !== undefined) {
      await this.#mustContinue(transaction, last, state);
      if (last.size > state.newestSize) {
        await keep(transaction, last);
      }
    }
    let { torn } = end;
    for (;;) {
      const { rows: missing } = await sql<{ note: string }>`
        select note from audit.checkpoints_after(${last?.size ?? 0})`.execute(transaction);
      const notes = missing.map(({ note }) => note);
      this.#mustBeTornOff(torn, notes[0], last === undefined);
      const newest = notes.map((note) => this.#open(note, 'audit.checkpoints')).at(-1);
      if (newest === undefined) {
        return last;
      }
      await this.#mustContinue(transaction, newest, state);
      await this.#file.append(notes, torn);
      torn = '';
      last = newest;
    }
  }

  async #sign(transaction: Transaction<DB>, state: State, now: Date): Promise<number> {
    if (state.root === null) {
      throw new AuditLogBrokenError(`The log has ${state.size} batches and no root.`);
    }
    const { origin, key } = this.#signing;
    const checkpoint: Checkpoint = { ...state, root: state.root, origin, time: timeText(now) };
    const note = signNote(checkpointText(checkpoint), origin, key);
    await keep(transaction, { ...checkpoint, note, key: this.#key });
    return state.size;
  }

  #open(note: string, where: string): SignedCheckpoint {
    const checkpoint = openCheckpoint(note, this.#trusted);
    if (checkpoint === undefined) {
      throw new AuditLogBrokenError(`A checkpoint in ${where} is not signed by AUDIT_SIGNING_KEY or AUDIT_PAST_KEYS.`);
    }
    return checkpoint;
  }

  #mustBeTornOff(torn: string, next: string | undefined, isFirst: boolean): void {
    if (torn !== '' && (next === undefined || !isBeginOf(torn, next, isFirst))) {
      throw new AuditLogBrokenError(`${this.#file.path} ends in something that is no checkpoint.`);
    }
  }

  async #mustContinue(transaction: Transaction<DB>, last: SignedCheckpoint, state: State): Promise<void> {
    const { rows } = await sql<{ proof: Buffer[] | null }>`
      select audit.consistency_proof(${last.size}, ${state.size}) as proof`.execute(transaction);
    const proof = rows[0]?.proof ?? undefined;
    if (
      proof === undefined ||
      state.root === null ||
      !isConsistent(last, { size: state.size, root: state.root }, proof)
    ) {
      throw new AuditLogBrokenError(
        `The log of ${state.size} batches is no continuation of the ${last.size} that were signed at ${last.time}.`,
      );
    }
  }
}

async function keep(
  transaction: Transaction<DB>,
  { size, entries, root, note, key, time }: SignedCheckpoint,
): Promise<void> {
  await sql`select audit.add_checkpoint(${size}, ${entries}, ${root}, ${note}, ${key.id}, ${key.text}, ${time})`.execute(
    transaction,
  );
}
