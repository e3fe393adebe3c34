import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/**
 * Writes genuine audit logs and their exports, as docs/reference/audit-log-format.md describes them. Shares no code with the verifier: trees
 * are built by the definition of RFC 6962, word by word.
 */

export type Entry = Record<string, unknown> & { id: string };
export type Batch = {
  no: number;
  size: number;
  texts: string[];
  leaves: Buffer[];
  root: Buffer;
  previous: Buffer;
  hash: Buffer;
  entries: number;
  sealedAt: string;
};
export type Signer = { origin: string; privateKey: KeyObject; keyId: Buffer; verifierKey: string };
export type Log = { batches: Batch[]; signer: Signer };

export const sha256 = (...parts: (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const leafHash = (text: string): Buffer => sha256(Buffer.of(0), text);

/** RFC 6962, 2.1: split at the largest power of two below the number of leaves. */
export function treeHash(leaves: Buffer[]): Buffer {
  const [first] = leaves;
  if (first === undefined) throw new Error('A tree has a leaf.');
  if (leaves.length === 1) return first;
  const split = splitOf(leaves.length);
  return sha256(Buffer.of(1), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)));
}

/** PATH(m, D[n]) of RFC 6962, 2.1.1. */
export function inclusionPath(index: number, leaves: Buffer[]): Buffer[] {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...inclusionPath(index, left), treeHash(right)]
    : [...inclusionPath(index - split, right), treeHash(left)];
}

/** PROOF(m, D[n]) of RFC 6962, 2.1.2. */
export function consistencyProof(from: number, leaves: Buffer[]): Buffer[] {
  const subproof = (m: number, part: Buffer[], isWhole: boolean): Buffer[] => {
    if (m === part.length) return isWhole ? [] : [treeHash(part)];
    const split = splitOf(part.length);
    const [left, right] = [part.slice(0, split), part.slice(split)];
    return m <= split
      ? [...subproof(m, left, isWhole), treeHash(right)]
      : [...subproof(m - split, right, false), treeHash(left)];
  };
  return subproof(from, leaves, true);
}

function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** A value in the form of PostgreSQL's jsonb. */
export function jsonb(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonb).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, one]) => ({ key, bytes: Buffer.from(key), one }));
    pairs.sort((a, b) => a.bytes.length - b.bytes.length || Buffer.compare(a.bytes, b.bytes));
    return `{${pairs.map(({ key, one }) => `${JSON.stringify(key)}: ${jsonb(one)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}

export function timeAt(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '123Z');
}

export const BEGIN = Date.UTC(2026, 10, 21, 4, 5, 6);

/** The n-th entry, like those of share links; always the same for the same n. */
export function sampleEntry(n: number): Entry {
  const uuid = (salt: string) => {
    const hex = createHash('sha256').update(`${salt}${n}`).digest('hex');
    return `01998b9e-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-8${hex.slice(7, 10)}-${hex.slice(10, 22)}`;
  };
  const owner = uuid('owner');
  return {
    id: uuid('entry'),
    xid: String(70_000 + n),
    door: 'rest',
    after: {
      label: `Squat, week ${n} – “Größe” 🏋`,
      status: 'active',
      expires_at: timeAt(BEGIN + n * 1000),
      max_plays: n % 7 === 0 ? null : 3,
    },
    action: 'share_token.changed',
    before: n % 3 === 0 ? null : { label: 'a\tb\u0001"\\', status: 'draft' },
    reason: null,
    owner_id: owner,
    acting_as: null,
    object_id: uuid('object'),
    actor_role: 'mm_coach',
    request_id: `req-${n.toString(36)}`,
    object_type: 'share_token',
    occurred_at: timeAt(BEGIN + n * 10),
    actor_subject: `user_${n % 50}`,
    actor_profile_id: owner,
  };
}

export function makeSigner(origin = 'backoffice.example/audit'): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const typed = Buffer.concat([Buffer.of(1), raw]);
  const keyId = sha256(`${origin}\n`, typed).subarray(0, 4);
  return { origin, privateKey, keyId, verifierKey: `${origin}+${keyId.toString('hex')}+${typed.toString('base64')}` };
}

/** Seals texts after the batches that are there. `leaves` are given when they are not those of the texts. */
export function sealBatch(batches: Batch[], texts: string[], leaves = texts.map(leafHash), sealedAt?: string): Batch {
  const last = batches.at(-1);
  const no = batches.length;
  const root = treeHash(leaves);
  const previous = last?.hash ?? Buffer.alloc(32);
  const entries = (last?.entries ?? 0) + leaves.length;
  const time = sealedAt ?? timeAt(BEGIN + no * 500);
  const header = `motion-mavericks/audit-batch/1\n${no}\n${leaves.length}\n${entries}\n${root.toString('hex')}\n${previous.toString('hex')}\n${time}\n`;
  return {
    no,
    size: leaves.length,
    texts,
    leaves,
    root,
    previous,
    hash: sha256(Buffer.of(2), header),
    entries,
    sealedAt: time,
  };
}

/** A log of batches of these sizes, from the sample entries. */
export function makeLog(sizes: number[], signer = makeSigner(), textAt = (n: number) => jsonb(sampleEntry(n))): Log {
  const batches: Batch[] = [];
  let n = 0;
  for (const size of sizes)
    batches.push(
      sealBatch(
        batches,
        Array.from({ length: size }, () => textAt(n++)),
      ),
    );
  return { batches, signer };
}

export function checkpointAt(log: Log, size = log.batches.length, time = timeAt(BEGIN + 3_600_000)): string {
  const { origin } = log.signer;
  const root = treeHash(log.batches.slice(0, size).map(({ hash }) => hash));
  const text = `${origin}\n${size}\n${root.toString('base64')}\nentries ${log.batches[size - 1]?.entries}\ntime ${time}\n`;
  return signNote(text, log.signer);
}

export function signNote(text: string, { origin, keyId, privateKey }: Signer): string {
  return `${text}\n— ${origin} ${Buffer.concat([keyId, sign(null, Buffer.from(text), privateKey)]).toString('base64')}\n`;
}

export type Choice = {
  checkpoint?: string;
  keys?: string[];
  filter?: Record<string, string>;
  /** In place of an entry's line: its leaf (true), as after retention. */
  isRemoved?: (batch: number, index: number) => boolean;
  /** Batches before this one stand without leaves. */
  removedBefore?: number;
};

export function headerLine(
  log: Log,
  kind: 'whole' | 'selection',
  { checkpoint = checkpointAt(log), keys = [log.signer.verifierKey], filter = {} }: Choice,
): string {
  return JSON.stringify({
    type: 'header',
    format: 'motion-mavericks/audit-export/1',
    kind,
    filter,
    exported_at: timeAt(BEGIN + 3_700_000),
    exported_by: 'user_grace',
    keys,
    checkpoint,
  });
}

type BatchNumbers = Pick<Batch, 'no' | 'size' | 'entries' | 'root' | 'previous' | 'sealedAt'>;

export function batchLine({ no, size, entries, root, previous, sealedAt }: BatchNumbers, path?: Buffer[]): string {
  return JSON.stringify({
    type: 'batch',
    no,
    size,
    entries,
    root: root.toString('hex'),
    previous: previous.toString('hex'),
    sealed_at: sealedAt,
    ...(path && { path: path.map((hash) => hash.toString('hex')) }),
  });
}

/** With a path as in a selection, without one as in a whole log, where the line tells its leaf. */
export function entryLine(batch: number, index: number, text: string, path?: Buffer[], leaf = leafHash(text)): string {
  const proof = path
    ? `,"path":${JSON.stringify(path.map((hash) => hash.toString('hex')))}`
    : `,"leaf":"${leaf.toString('hex')}"`;
  return `{"type":"entry","batch":${batch},"index":${index}${proof},"entry":${text}}`;
}

/** The lines of the whole log, without the end. */
export function wholeLines(log: Log, choice: Choice = {}): string[] {
  const lines = [headerLine(log, 'whole', choice)];
  for (const batch of log.batches) {
    lines.push(batchLine(batch));
    if (batch.no < (choice.removedBefore ?? 0)) {
      lines.push(JSON.stringify({ type: 'removed', batch: batch.no, from: 0, to: batch.leaves.length - 1 }));
      continue;
    }
    batch.leaves.forEach((leaf, index) => {
      const isRemoved = choice.isRemoved?.(batch.no, index) ?? false;
      lines.push(
        isRemoved
          ? JSON.stringify({ type: 'removed', batch: batch.no, index, leaf: leaf.toString('hex') })
          : entryLine(batch.no, index, batch.texts[index] ?? ''),
      );
    });
  }
  return lines;
}

/** The lines of a selection, without the end. */
export function selectionLines(log: Log, isChosen: (text: string) => boolean, choice: Choice = {}): string[] {
  const lines = [headerLine(log, 'selection', choice)];
  const tree = log.batches.map(({ hash }) => hash);
  for (const batch of log.batches) {
    const chosen = batch.texts.flatMap((text, index) => (isChosen(text) ? [{ text, index }] : []));
    if (chosen.length === 0) continue;
    lines.push(batchLine(batch, inclusionPath(batch.no, tree)));
    for (const { text, index } of chosen)
      lines.push(entryLine(batch.no, index, text, inclusionPath(index, batch.leaves)));
  }
  return lines;
}

/** The file: the lines, and an end whose counts and digest are right for them. */
export function fileOf(lines: string[]): string {
  const body = lines.map((line) => `${line}\n`).join('');
  return `${body}${endLine(countsOf(lines), sha256(body).toString('hex'))}\n`;
}

type Counts = { batches: number; entries: number; removed: number };

export function endLine({ batches, entries, removed }: Counts, digest: string): string {
  return JSON.stringify({ type: 'end', batches, entries, removed, sha256: digest });
}

function countsOf(lines: string[]): Counts {
  const counts = { batches: 0, entries: 0, removed: 0 };
  for (const line of lines) {
    if (line.startsWith('{"type":"batch"')) counts.batches += 1;
    else if (line.startsWith('{"type":"entry"')) counts.entries += 1;
    else if (line.startsWith('{"type":"removed"')) {
      const { from, to } = JSON.parse(line) as { from?: number; to?: number };
      counts.removed += from === undefined || to === undefined ? 1 : to - from + 1;
    }
  }
  return counts;
}
