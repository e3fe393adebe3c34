import { openNote, type VerifierKey } from './signed-note.ts';

/** A state of the audit log: docs/reference/audit-log-format.md. */
export interface Checkpoint {
  readonly origin: string;
  /** Number of batches, at least one. */
  readonly size: number;
  /** Root of the tree over them, 32 bytes. */
  readonly root: Buffer;
  /** Number of entries in them. */
  readonly entries: number;
  /** UTC to the microsecond, such as `2026-11-21T04:05:06.123456Z`. */
  readonly time: string;
}

export interface SignedCheckpoint extends Checkpoint {
  readonly note: string;
  readonly key: VerifierKey;
}

/** The text that is signed. */
export function checkpointText({ origin, size, root, entries, time }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\nentries ${entries}\ntime ${time}\n`;
}

/** A moment in the form that every time of the audit log has. */
export function timeText(moment: Date): string {
  return moment.toISOString().replace(/Z$/, '000Z');
}

const shape = /^(\S+)\n([1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\nentries ([1-9]\d{0,14})\ntime (\S{27})\n$/;

/** Reads a checkpoint and checks its signature; undefined unless one of the keys signed it, for the origin that it names. */
export function openCheckpoint(note: string, keys: readonly VerifierKey[]): SignedCheckpoint | undefined {
  const opened = openNote(note, keys);
  const [, origin, size, root, entries, time] = shape.exec(opened?.text ?? '') ?? [];
  if (opened === undefined || origin !== opened.key.name || root === undefined || time === undefined) {
    return undefined;
  }
  return {
    origin,
    size: Number(size),
    root: Buffer.from(root, 'base64'),
    entries: Number(entries),
    time,
    note,
    key: opened.key,
  };
}
