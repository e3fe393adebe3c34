#!/usr/bin/env node
/**
 * Proves an export of the audit log, or says where it is wrong. This one file is the whole program: no dependency but Node, no database, no
 * network. It follows the format's description (docs/reference/audit-log-format.md) and shares no code with the program that exports.
 *
 *   node audit-verify.ts FILE [--key KEY|KEY_FILE] [--checkpoint NOTE_FILE]… [--json]
 *
 * What is proven: the entries hash to the roots of their batches, each batch names the one before, the batches hash to the root of a
 * checkpoint, and that checkpoint is signed. Whoever changes, adds, removes or reorders an entry has to change the signed root, and for that
 * needs the signing key; whoever has the key still contradicts every checkpoint that somebody saved before (--checkpoint).
 *
 * The file is read once, in pieces. Memory stays flat but for the ids of the entries, some 40 bytes each: no id may stand twice.
 */
import { isUtf8 } from 'node:buffer';
import { createHash, createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import { on } from 'node:events';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parentPort, Worker, workerData } from 'node:worker_threads';

// ───────────────────────────────────────────────────────────────────────────────────────────── what is wrong, and where

/** The row that is wrong. `line` counts from 1; what a line does not say, or what could not be read, is left out. */
export type Problem = { line?: number; batch?: number; index?: number; entry?: string; message: string };

export type Report = {
  ok: boolean;
  kind: 'whole' | 'selection' | 'consistency' | null;
  entries: number;
  batches: number;
  removed: number;
  checkpoint: { size: number; time: string } | null;
  /** Whether the signature is by a key that the person who checks has brought along. */
  trusted: boolean;
  problem?: Problem;
};

/** Says what is wrong; whoever knows the row adds it. */
class Fault extends Error {
  readonly where: Omit<Problem, 'message'> | undefined;
  constructor(message: string, where?: Omit<Problem, 'message'>) {
    super(message);
    this.where = where;
  }
}

// ───────────────────────────────────────────────────────────────────────────────────────────── hashes and trees (RFC 6962)

/** A SHA-256 as 64 lowercase hexadecimal digits: strings compare fast, and `hash` makes them faster than buffers. */
type Hash = string;

const NO_HASH: Hash = '0'.repeat(64);
const pair = Buffer.alloc(65);
pair[0] = 0x01;

/** Hash of an inner node: sha256(0x01 || left || right). */
function parent(left: Hash, right: Hash): Hash {
  pair.write(left, 1, 32, 'hex');
  pair.write(right, 33, 32, 'hex');
  return hash('sha256', pair, 'hex');
}

/** A tree that grows leaf by leaf and keeps one hash for each complete subtree: as many as its size has binary ones. */
class Tree {
  size = 0;
  readonly #subtrees: Hash[] = [];

  add(leaf: Hash): void {
    let node = leaf;
    for (let n = this.size; n % 2 === 1; n = (n - 1) / 2) node = parent(this.#subtrees.pop() ?? NO_HASH, node);
    this.#subtrees.push(node);
    this.size += 1;
  }

  root(): Hash {
    return this.#subtrees.reduceRight((right, left) => parent(left, right));
  }
}

/** The root that a leaf and its inclusion path lead to (RFC 9162, 2.1.3.2); null when the path does not fit the place. */
function rootOfPath(leaf: Hash, index: number, size: number, path: Hash[]): Hash | null {
  let place = index;
  let last = size - 1;
  let node = leaf;
  for (const sibling of path) {
    if (last === 0) return null;
    if (place % 2 === 1 || place === last) {
      node = parent(sibling, node);
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      node = parent(node, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 ? node : null;
}

/** Whether the tree of `from` leaves is the beginning of the tree of `to` leaves (RFC 9162, 2.1.4.2). */
function isConsistent(from: Checkpoint, to: Checkpoint, proof: Hash[]): boolean {
  if (from.size === to.size) return proof.length === 0 && from.root === to.root;
  let place = from.size - 1;
  let last = to.size - 1;
  while (place % 2 === 1) [place, last] = [half(place), half(last)];
  // The first hash is left out when it is the whole old tree, of a power of two leaves.
  const [first, ...rest] = place === 0 ? [from.root, ...proof] : proof;
  if (first === undefined) return false;
  let old = first;
  let now = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      old = parent(sibling, old);
      now = parent(sibling, now);
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      now = parent(now, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && old === from.root && now === to.root;
}

function half(n: number): number {
  return Math.floor(n / 2);
}

// ───────────────────────────────────────────────────────────────────────────────────────────── keys and checkpoints (signed notes)

/** A verifier key: `<origin>+<key id>+<base64 of 0x01 || public key>`. */
type VerifierKey = { origin: string; id: string; key: KeyObject };

type Checkpoint = {
  origin: string;
  size: number;
  root: Hash;
  entries: number;
  time: string;
  /** The bytes that are signed, and the signatures with the name and the id of their key. */
  text: string;
  signatures: { name: string; keyId: string; signature: Buffer }[];
};

export function parseVerifierKey(text: string): VerifierKey {
  const [, origin, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  if (origin === undefined || id === undefined || encoded === undefined)
    throw new Fault(`"${text}" is not a verifier key`);
  const bytes = fromBase64(encoded);
  if (bytes.length !== 33 || bytes[0] !== 0x01)
    throw new Fault(`the verifier key ${origin}+${id} is not one of Ed25519`);
  const computed = hash('sha256', Buffer.concat([Buffer.from(`${origin}\n`), bytes]), 'hex').slice(0, 8);
  if (computed !== id) throw new Fault(`the verifier key ${origin}+${id} does not have the id that it claims`);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') };
  return { origin, id, key: createPublicKey({ key: jwk, format: 'jwk' }) };
}

export function parseCheckpoint(note: string): Checkpoint {
  const [text = '', signed = '', ...more] = note.split('\n\n');
  const [, origin, size, encoded, entries, time] =
    /^([^\s+]+)\n([1-9]\d{0,14})\n(\S+)\nentries ([1-9]\d{0,14})\ntime (\S+)$/.exec(text) ?? [];
  if (more.length > 0 || !origin || !encoded || !time)
    throw new Fault('the checkpoint is not written as a checkpoint is');
  const root = fromBase64(encoded);
  if (root.length !== 32) throw new Fault('the root in the checkpoint is not a hash');
  if (!isTime(Buffer.from(time), 0) || time.length !== 27) throw new Fault('the time in the checkpoint is not a time');
  if (!/^(— \S+ \S+\n)+$/.test(signed)) throw new Fault('the checkpoint has no signature');
  const signatures = signed
    .slice(0, -1)
    .split('\n')
    .map((line) => {
      const [, name = '', rest = ''] = line.split(' ');
      const bytes = fromBase64(rest);
      return { name, keyId: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4) };
    });
  const [count, total] = [Number(size), Number(entries)];
  return { origin, size: count, root: root.toString('hex'), entries: total, time, text: `${text}\n`, signatures };
}

/** The key that has signed. Signatures by keys that are not trusted say nothing; a wrong one by a trusted key is a fault. */
function signerOf(checkpoint: Checkpoint, trusted: VerifierKey[]): VerifierKey {
  let signer: VerifierKey | undefined;
  for (const { name, keyId, signature } of checkpoint.signatures) {
    const known = trusted.filter(({ origin, id }) => origin === name && id === keyId);
    if (name !== checkpoint.origin || known.length === 0) continue;
    const match = known.find(({ key }) => verify(null, Buffer.from(checkpoint.text), key, signature));
    if (!match) throw new Fault(`the signature of the checkpoint of size ${checkpoint.size} is wrong`);
    signer = match;
  }
  if (!signer) throw new Fault(`the checkpoint of size ${checkpoint.size} is not signed by a trusted key`);
  return signer;
}

/** Notes that are separated by an empty line. Each note has one empty line of its own, before its signatures. */
function splitNotes(text: string): string[] {
  const parts = text.replace(/\n+$/, '').split('\n\n');
  return Array.from(
    { length: Math.ceil(parts.length / 2) },
    (_, i) => `${parts.slice(2 * i, 2 * i + 2).join('\n\n')}\n`,
  );
}

/** Base64 in its one canonical form: other spellings of the same bytes are refused. */
function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new Fault(`"${text}" is not base64`);
  return bytes;
}

// ───────────────────────────────────────────────────────────────────────────────────────────── the grammar of a line

const QUOTE = 0x22;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const DEEPEST = 512;

/** The keys of an entry's text, in their order. */
const ENTRY_KEYS = [
  'id',
  'xid',
  'door',
  'after',
  'action',
  'before',
  'reason',
  'owner_id',
  'acting_as',
  'object_id',
  'actor_role',
  'request_id',
  'object_type',
  'occurred_at',
  'actor_subject',
  'actor_profile_id',
];

const ID = ENTRY_KEYS.indexOf('id');
const OCCURRED_AT = ENTRY_KEYS.indexOf('occurred_at');

/** What stands before the value of each key: `{"id": `, then `, "xid": ` and so on. */
const BEFORE_VALUES = ENTRY_KEYS.map((key, place) => Buffer.from(`${place === 0 ? '{' : ', '}"${key}": `));

const WORDS = {
  comma: Buffer.from(','),
  commaSpace: Buffer.from(', '),
  colonSpace: Buffer.from(': '),
  openList: Buffer.from('['),
  close: Buffer.from('}'),
  null: Buffer.from('null'),
  true: Buffer.from('true'),
  false: Buffer.from('false'),
};

/** Reads one line from its first byte to its last. There is one way to write each thing; anything else is a fault. */
class Reader {
  bytes: Buffer = Buffer.alloc(0);
  from = 0;
  at = 0;
  end = 0;

  open(bytes: Buffer, from: number, to: number): void {
    this.bytes = bytes;
    this.from = from;
    this.at = from;
    this.end = to;
  }

  /** Steps over the text if it stands here. */
  skips(text: Buffer): boolean {
    const { bytes, at } = this;
    if (at + text.length > this.end) return false;
    for (let i = 0; i < text.length; i += 1) if (bytes[at + i] !== text[i]) return false;
    this.at = at + text.length;
    return true;
  }

  expect(text: Buffer): void {
    if (!this.skips(text)) throw new Fault(`\`${text.toString()}\` is expected at byte ${this.column()} of the line`);
  }

  finish(): void {
    if (this.at !== this.end) throw new Fault(`the line goes on after its end, at byte ${this.column()}`);
  }

  /** A whole number without leading zeros, of 15 digits at most. */
  integer(): number {
    const { bytes, at: from } = this;
    let at = from;
    let value = 0;
    for (let byte = bytes[at] ?? 0; at < this.end && byte >= ZERO && byte <= NINE; byte = bytes[++at] ?? 0) {
      value = value * 10 + (byte - ZERO);
    }
    const digits = at - from;
    if (digits === 0 || digits > 15 || (digits > 1 && bytes[from] === ZERO)) {
      throw new Fault(`a whole number is expected at byte ${this.column()} of the line`);
    }
    this.at = at;
    return value;
  }

  /** `"` 64 lowercase hexadecimal digits `"`. */
  hash(): Hash {
    const { bytes, at } = this;
    let isHash = at + 66 <= this.end && bytes[at] === QUOTE && bytes[at + 65] === QUOTE;
    for (let i = 1; isHash && i <= 64; i += 1) isHash = isHexDigit(bytes[at + i] ?? 0);
    if (!isHash) throw new Fault(`a hash is expected at byte ${this.column()} of the line`);
    this.at = at + 66;
    return bytes.toString('latin1', at + 1, at + 65);
  }

  /** `[` hashes, separated by commas `]`. */
  hashes(): Hash[] {
    const found: Hash[] = [];
    this.expect(WORDS.openList);
    while (this.bytes[this.at] !== CLOSE_LIST) {
      if (found.length > 0) this.expect(WORDS.comma);
      found.push(this.hash());
    }
    this.at += 1;
    return found;
  }

  time(): string {
    const from = this.at + 1;
    this.skipTime();
    return this.bytes.toString('latin1', from, from + 27);
  }

  skipTime(): void {
    const { bytes, at } = this;
    if (at + 29 > this.end || bytes[at] !== QUOTE || bytes[at + 28] !== QUOTE || !isTime(bytes, at + 1)) {
      throw new Fault(`a time is expected at byte ${this.column()} of the line`);
    }
    this.at = at + 29;
  }

  /** Steps over the text of an entry and its id's words into `id`. */
  entry(id: Uint32Array): void {
    for (let place = 0; place < BEFORE_VALUES.length; place += 1) {
      const before = BEFORE_VALUES[place];
      if (!before || !this.skips(before))
        throw new Fault(`the entry's text has not the key "${ENTRY_KEYS[place]}" in its place`);
      if (place === ID) this.uuid(id);
      else if (place === OCCURRED_AT) this.skipTime();
      else this.value(0);
    }
    this.expect(WORDS.close);
  }

  /** `"` eight, four, four, four and twelve lowercase hexadecimal digits `"`, read as four words. */
  uuid(words: Uint32Array): void {
    const { bytes, at } = this;
    let isUuid = at + 38 <= this.end && bytes[at] === QUOTE && bytes[at + 37] === QUOTE;
    let digits = 0;
    let word = 0;
    for (let i = 0; isUuid && i < 36; i += 1) {
      const byte = bytes[at + 1 + i] ?? 0;
      if (i === 8 || i === 13 || i === 18 || i === 23) {
        isUuid = byte === MINUS;
        continue;
      }
      isUuid = isHexDigit(byte);
      word = (word << 4) | (byte <= NINE ? byte - ZERO : byte - 0x57);
      digits += 1;
      if (digits % 8 === 0) words[digits / 8 - 1] = word;
    }
    if (!isUuid) throw new Fault("the entry's id is not a UUID");
    this.at = at + 38;
  }

  /** Any value in the form of PostgreSQL's jsonb. */
  value(depth: number): void {
    const byte = this.bytes[this.at] ?? 0;
    if (byte === QUOTE) this.string();
    else if (byte === OPEN) this.object(depth + 1);
    else if (byte === OPEN_LIST) this.list(depth + 1);
    else if (byte === WORDS.null[0]) this.expect(WORDS.null);
    else if (byte === WORDS.true[0]) this.expect(WORDS.true);
    else if (byte === WORDS.false[0]) this.expect(WORDS.false);
    else this.number();
  }

  object(depth: number): void {
    this.deeper(depth);
    this.at += 1;
    let from = 0;
    let to = 0;
    let wasEscaped = false;
    for (let count = 0; this.bytes[this.at] !== CLOSE; count += 1) {
      if (count > 0) this.expect(WORDS.commaSpace);
      const next = this.at + 1;
      const isEscaped = this.string();
      const end = this.at - 1;
      const compare = isEscaped || wasEscaped ? compareEscaped : compareRaw;
      if (count > 0 && compare(this.bytes, from, to, next, end) >= 0) {
        throw new Fault('keys in the entry are out of order, or stand twice');
      }
      from = next;
      to = end;
      wasEscaped = isEscaped;
      this.expect(WORDS.colonSpace);
      this.value(depth);
    }
    this.at += 1;
  }

  list(depth: number): void {
    this.deeper(depth);
    this.at += 1;
    for (let count = 0; this.bytes[this.at] !== CLOSE_LIST; count += 1) {
      if (count > 0) this.expect(WORDS.commaSpace);
      this.value(depth);
    }
    this.at += 1;
  }

  /** Answers whether something in the string is escaped. That its bytes are UTF-8 is checked for the whole line. */
  string(): boolean {
    const { bytes, end } = this;
    let isEscaped = false;
    if (bytes[this.at] === QUOTE) {
      for (let at = this.at + 1; at < end; at += 1) {
        const byte = bytes[at] ?? 0;
        if (byte === QUOTE) {
          this.at = at + 1;
          return isEscaped;
        }
        if (byte === BACKSLASH) {
          isEscaped = true;
          at += lengthOfEscape(bytes, at) - 1;
        } else if (byte < 0x20) break;
      }
    }
    throw new Fault(`the text in quotes at byte ${this.column()} of the line is not as jsonb writes it`);
  }

  /** `-`? digits without leading zeros (`.` digits)?: jsonb writes no exponent. */
  number(): void {
    const begin = this.at;
    if (this.bytes[this.at] === MINUS) this.at += 1;
    const isZero = this.bytes[this.at] === ZERO;
    const whole = this.digits();
    let isNumber = whole > 0 && !(isZero && whole > 1);
    if (this.bytes[this.at] === POINT) {
      this.at += 1;
      isNumber = this.digits() > 0 && isNumber;
    }
    if (isNumber) return;
    this.at = begin;
    throw new Fault(`there is no value as jsonb writes it at byte ${this.column()} of the line`);
  }

  /** Steps over digits; answers how many. */
  digits(): number {
    const begin = this.at;
    while (this.at < this.end && isDigit(this.bytes[this.at] ?? 0)) this.at += 1;
    return this.at - begin;
  }

  deeper(depth: number): void {
    if (depth > DEEPEST) throw new Fault(`the entry is nested deeper than ${DEEPEST} levels`);
  }

  column(): number {
    return this.at - this.from + 1;
  }
}

/** Whether a time stands here, 27 bytes such as 2026-11-21T04:05:06.123456Z, of a day that the calendar has. */
function isTime(bytes: Buffer, at: number): boolean {
  for (let i = 0; i < 27; i += 1) {
    const byte = bytes[at + i] ?? 0;
    const wanted = TIME_FORM[i] ?? 0;
    if (wanted === ZERO ? byte < ZERO || byte > NINE : byte !== wanted) return false;
  }
  const number = (from: number) => 10 * ((bytes[at + from] ?? 0) - ZERO) + (bytes[at + from + 1] ?? 0) - ZERO;
  const [year, month, day] = [number(0) * 100 + number(2), number(5), number(8)];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (isLeap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return month >= 1 && month <= 12 && day >= 1 && day <= days && number(11) < 24 && number(14) < 60 && number(17) < 60;
}
const TIME_FORM = Buffer.from('0000-00-00T00:00:00.000000Z');

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function isHexDigit(byte: number): boolean {
  return isDigit(byte) || (byte >= 0x61 && byte <= 0x66);
}

/** The order of keys in jsonb: shorter ones first, those of one length in the order of their bytes. Below 0 when `a` comes before `b`. */
function compareRaw(bytes: Buffer, a: number, aEnd: number, b: number, bEnd: number): number {
  const shorter = aEnd - a - (bEnd - b);
  if (shorter !== 0) return shorter;
  let i = 0;
  while (a + i < aEnd && bytes[a + i] === bytes[b + i]) i += 1;
  return a + i === aEnd ? 0 : (bytes[a + i] ?? 0) - (bytes[b + i] ?? 0);
}

/** The same for keys in which something is escaped: what they stand for is compared. */
function compareEscaped(bytes: Buffer, a: number, aEnd: number, b: number, bEnd: number): number {
  const [one, other] = [[a, aEnd] as const, [b, bEnd] as const].map(([from, to]) =>
    Buffer.from(JSON.parse(`"${bytes.toString('utf8', from, to)}"`)),
  );
  if (!one || !other) return 0;
  return one.length - other.length || Buffer.compare(one, other);
}

/** Bytes of the escape that begins here: a backslash and one of `"\bfnrt`, or `\u00xx` for what has no shorter one below U+0020. */
function lengthOfEscape(bytes: Buffer, at: number): number {
  if (SHORT_ESCAPES.includes(bytes[at + 1] ?? 0)) return 2;
  const code = /^u00([01][0-9a-f])$/.exec(bytes.toString('latin1', at + 1, at + 6))?.[1];
  if (code === undefined || ['00', '08', '09', '0a', '0c', '0d'].includes(code)) {
    throw new Fault('the entry has an escape that jsonb does not write');
  }
  return 6;
}
const SHORT_ESCAPES = Buffer.from('"\\bfnrt');

// ───────────────────────────────────────────────────────────────────────────────────────────── the ids that were seen

/** A set of UUIDs, 16 bytes a place: a Set of strings would take six times as much and end at 16 million. */
class Ids {
  readonly #seed = Math.floor(Math.random() * 2 ** 32);
  #places = new Uint32Array(4 * 1024);
  #count = 0;

  /** Adds an id of four words; answers false when it was there already. */
  add(id: Uint32Array): boolean {
    const [a = 0, b = 0, c = 0, d = 0] = [id[0], id[1], id[2], id[3]];
    // Four zeros mark an empty place, and no entry has the nil UUID.
    if ((a | b | c | d) === 0 || !this.#put(a, b, c, d)) return false;
    this.#count += 1;
    if (this.#count * 6 > this.#places.length) this.#grow();
    return true;
  }

  #put(a: number, b: number, c: number, d: number): boolean {
    const places = this.#places;
    const mask = places.length / 4 - 1;
    // Multiplied by odd numbers, and seeded: nobody who writes a file can make all ids fall on one place.
    let mixed =
      Math.imul(a ^ this.#seed, 0x9e3779b1) ^
      Math.imul(b, 0x85ebca6b) ^
      Math.imul(c, 0xc2b2ae35) ^
      Math.imul(d, 0x27d4eb2f);
    mixed ^= mixed >>> 15;
    for (let place = mixed & mask; ; place = (place + 1) & mask) {
      const i = place * 4;
      const [at0, at1, at2, at3] = [places[i], places[i + 1], places[i + 2], places[i + 3]];
      if (at0 === a && at1 === b && at2 === c && at3 === d) return false;
      if (at0 === 0 && at1 === 0 && at2 === 0 && at3 === 0) {
        places[i] = a;
        places[i + 1] = b;
        places[i + 2] = c;
        places[i + 3] = d;
        return true;
      }
    }
  }

  #grow(): void {
    const old = this.#places;
    this.#places = new Uint32Array(old.length * 2);
    for (let i = 0; i < old.length; i += 4) {
      const a = old[i] ?? 0;
      const b = old[i + 1] ?? 0;
      const c = old[i + 2] ?? 0;
      const d = old[i + 3] ?? 0;
      if ((a | b | c | d) !== 0) this.#put(a, b, c, d);
    }
  }
}

// ───────────────────────────────────────────────────────────────────────────────────────────── the export

const FORMAT = 'motion-mavericks/audit-export/1';
const LONGEST_LINE = 16 * 1024 * 1024;
const HEADER_KEYS = ['type', 'format', 'kind', 'filter', 'exported_at', 'exported_by', 'keys', 'checkpoint'];
const FILTERS = ['actor', 'action', 'object_type', 'object_id', 'from', 'to'];

const LINE = {
  batch: Buffer.from('{"type":"batch","no":'),
  entry: Buffer.from('{"type":"entry","batch":'),
  removed: Buffer.from('{"type":"removed","batch":'),
  end: Buffer.from('{"type":"end","batches":'),
  index: Buffer.from(',"index":'),
  entryText: Buffer.from(',"entry":'),
  leaf: Buffer.from(',"leaf":'),
  from: Buffer.from(',"from":'),
  to: Buffer.from(',"to":'),
  size: Buffer.from(',"size":'),
  entries: Buffer.from(',"entries":'),
  root: Buffer.from(',"root":'),
  previous: Buffer.from(',"previous":'),
  sealedAt: Buffer.from(',"sealed_at":'),
  path: Buffer.from(',"path":'),
  removedCount: Buffer.from(',"removed":'),
  digest: Buffer.from(',"sha256":'),
};

/** A checkpoint that was saved before, and where it was read, such as `checkpoints.txt, note 3`. */
export type Held = { name: string; note: string };

export type Options = {
  /** Verifier keys that are trusted. Without any the export's own are taken, and the signer is not proven. */
  keys?: string[];
  held?: Held[];
  /** Retention removes nothing younger than so many days; 365 when it is left out. */
  retentionDays?: number;
};

type Batch = {
  line: number;
  no: number;
  size: number;
  entries: number;
  root: Hash;
  hash: Hash;
  sealedAt: string;
  /** The index that comes next: in a whole log exactly this one, in a selection this one or a later one. */
  next: number;
  leaves: Tree;
  isRemoved: boolean;
};

/** Takes an export piece by piece, in pieces of any size. Throws a Fault at the first row that is wrong. */
class ExportVerification {
  readonly #options: Options;
  readonly #reader = new Reader();
  readonly #digest = createHash('sha256');
  readonly #log = new Tree();
  readonly #ids = new Ids();
  readonly #id = new Uint32Array(4);
  readonly #held = new Map<number, { name: string; checkpoint: Checkpoint }[]>();

  #carry: Buffer = Buffer.alloc(0);
  #prepared: Prepared | undefined;
  /** The place of the next entry's line among those of the piece. */
  #entryOfPiece = 0;
  #line = 0;
  /** How much of the piece at hand is in the digest. */
  #digested = 0;
  #isUtf8 = true;
  #isEnded = false;
  #removableUntil = 0;
  /** Whether a batch has stood with an entry or a leaf. */
  #hasListed = false;
  #checkpoint: Checkpoint | undefined;
  #batch: Batch | undefined;

  kind: 'whole' | 'selection' | null = null;
  entries = 0;
  batches = 0;
  removed = 0;
  /** The sealing time of the newest batch of which something was removed. */
  removedUntil: string | null = null;
  signer: VerifierKey | undefined;
  compared = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  get checkpoint(): Checkpoint | undefined {
    return this.#checkpoint;
  }

  /** `prepared` is given with a piece of whole lines only. */
  take(piece: Buffer, prepared?: Prepared): void {
    this.#prepared = prepared;
    this.#entryOfPiece = 0;
    const bytes = this.#carry.length === 0 ? piece : Buffer.concat([this.#carry, piece]);
    const end = bytes.lastIndexOf(0x0a) + 1;
    this.#isUtf8 = isUtf8(bytes.subarray(0, end));
    this.#digested = 0;
    for (let from = 0; from < end; ) {
      const to = bytes.indexOf(0x0a, from);
      this.#takeLine(bytes, from, to);
      from = to + 1;
    }
    this.#digest.update(bytes.subarray(this.#digested, end));
    this.#carry = Buffer.from(bytes.subarray(end));
    if (this.#carry.length > LONGEST_LINE) throw new Fault('the line is longer than 16 MiB', { line: this.#line + 1 });
  }

  finish(): void {
    const where = { line: this.#line + 1, ...(this.#batch && { batch: this.#batch.no }) };
    if (this.#isEnded && this.#carry.length > 0) throw new Fault('something follows the end', where);
    if (this.#carry.length > 0) throw new Fault('the file was cut off in the middle of a line', where);
    if (this.#line === 0) throw new Fault('the file is empty', where);
    if (!this.#isEnded) throw new Fault('the file was cut off: it has no line of the end', where);
  }

  #takeLine(bytes: Buffer, from: number, to: number): void {
    this.#line += 1;
    try {
      if (to - from > LONGEST_LINE) throw new Fault('the line is longer than 16 MiB');
      if (!this.#isUtf8 && !isUtf8(bytes.subarray(from, to))) throw new Fault('the line is not UTF-8');
      if (bytes[to - 1] === 0x0d)
        throw new Fault('the line ends in a carriage return: a program has changed the line ends');
      const reader = this.#reader;
      reader.open(bytes, from, to);
      if (this.#line === 1) this.#takeHeader(bytes.toString('utf8', from, to));
      else if (this.#isEnded) throw new Fault('something follows the end');
      else if (reader.skips(LINE.entry)) this.#takeEntry(reader);
      else if (reader.skips(LINE.batch)) this.#takeBatch(reader);
      else if (reader.skips(LINE.removed)) this.#takeRemoved(reader);
      else if (reader.skips(LINE.end)) this.#takeEnd(reader);
      else throw new Fault('the line is not one of an export: batch, entry, removed or end is expected');
    } catch (error) {
      if (!(error instanceof Fault) || error.where) throw error;
      throw new Fault(error.message, {
        line: this.#line,
        ...placeIn(bytes.toString('latin1', from, Math.min(to, from + 8192))),
      });
    }
  }

  #takeHeader(text: string): void {
    const header = parseHeader(text);
    this.kind = header.kind;
    const checkpoint = parseCheckpoint(header.checkpoint);
    const own = header.keys.map(parseVerifierKey);
    const trusted = this.#options.keys?.map(parseVerifierKey) ?? own;
    this.signer = signerOf(checkpoint, trusted);
    this.#checkpoint = checkpoint;
    const day = 24 * 60 * 60 * 1000;
    this.#removableUntil = Date.parse(checkpoint.time) - ((this.#options.retentionDays ?? 365) - 1) * day;
    for (const { name, note } of this.#options.held ?? []) this.#hold(name, note, trusted, checkpoint);
  }

  /** Remembers a checkpoint that was saved before; the log has to pass through it. */
  #hold(name: string, note: string, trusted: VerifierKey[], newest: Checkpoint): void {
    try {
      const held = parseCheckpoint(note);
      signerOf(held, trusted);
      if (held.origin !== newest.origin) throw new Fault(`it is of another log, ${held.origin}`);
      if (held.size > newest.size) {
        const message = `the export's checkpoint, of size ${newest.size}, is older than one you hold, of size ${held.size} (${name})`;
        throw new Fault(message, { line: 1 });
      }
      if (held.size === newest.size) this.#compare({ name, checkpoint: held }, newest.root, newest.entries);
      else this.#held.set(held.size, [...(this.#held.get(held.size) ?? []), { name, checkpoint: held }]);
    } catch (error) {
      if (error instanceof Fault && !error.where) throw new Fault(`${name}: ${error.message}`, {});
      throw error;
    }
  }

  #compare(held: { name: string; checkpoint: Checkpoint }, root: Hash, entries: number): void {
    const { size, time } = held.checkpoint;
    if (held.checkpoint.root !== root || held.checkpoint.entries !== entries) {
      throw new Fault(
        `this is not the log whose checkpoint of size ${size} you hold (${held.name}, signed ${time}): something up to batch ${size - 1} was changed since`,
        { line: this.#batch?.line ?? 1, batch: size - 1 },
      );
    }
    this.compared += 1;
  }

  #takeBatch(reader: Reader): void {
    const before = this.#batch;
    this.#closeBatch();
    const no = reader.integer();
    reader.expect(LINE.size);
    const size = reader.integer();
    reader.expect(LINE.entries);
    const entries = reader.integer();
    reader.expect(LINE.root);
    const root = reader.hash();
    reader.expect(LINE.previous);
    const previous = reader.hash();
    reader.expect(LINE.sealedAt);
    const sealedAt = reader.time();
    let path: Hash[] | undefined;
    if (this.kind === 'selection') {
      reader.expect(LINE.path);
      path = reader.hashes();
    }
    reader.expect(WORDS.close);
    reader.finish();

    const checkpoint = this.#known();
    const next = before ? before.no + 1 : 0;
    if (size < 1) throw new Fault('a batch has at least one entry');
    if (this.kind === 'whole' && no !== next) throw new Fault(`batch ${next} is expected here, not batch ${no}`);
    if (no < next) throw new Fault(`batch ${no} stands after batch ${next - 1}`);
    if (no >= checkpoint.size)
      throw new Fault(`the checkpoint covers ${checkpoint.size} batches, up to batch ${checkpoint.size - 1}`);
    if (no === next && previous !== (before?.hash ?? NO_HASH)) {
      throw new Fault(
        before
          ? `the batch does not follow from batch ${before.no} as it stands here`
          : 'the first batch has another before it',
      );
    }
    const entriesBefore = before?.entries ?? 0;
    // Between two batches of a selection there are batches of at least one entry each.
    const isCounted = no === next ? entries === entriesBefore + size : entries >= entriesBefore + (no - next) + size;
    if (!isCounted)
      throw new Fault(
        `the batch claims to be the end of ${entries} entries, which does not follow from the batches before`,
      );
    if (no === checkpoint.size - 1 ? entries !== checkpoint.entries : entries >= checkpoint.entries) {
      throw new Fault(`the batch claims to be the end of ${entries} entries, the checkpoint of ${checkpoint.entries}`);
    }
    const text = `motion-mavericks/audit-batch/1\n${no}\n${size}\n${entries}\n${root}\n${previous}\n${sealedAt}\n`;
    const batchHash = hash('sha256', `\x02${text}`, 'hex');
    if (path && rootOfPath(batchHash, no, checkpoint.size, path) !== checkpoint.root) {
      throw new Fault('the batch does not lead to the root that the checkpoint signs');
    }
    const leaves = new Tree();
    this.#batch = {
      line: this.#line,
      no,
      size,
      entries,
      root,
      hash: batchHash,
      sealedAt,
      next: 0,
      leaves,
      isRemoved: false,
    };
    this.batches += 1;
  }

  #takeEntry(reader: Reader): void {
    const place = this.#entryOfPiece++;
    const batch = this.#place(reader);
    const index = this.#index(reader, batch);
    let path: Hash[] | undefined;
    let sealed: Hash | undefined;
    if (this.kind === 'selection') {
      reader.expect(LINE.path);
      path = reader.hashes();
    } else {
      reader.expect(LINE.leaf);
      sealed = reader.hash();
    }
    reader.expect(LINE.entryText);
    const prepared = path ? undefined : this.#prepared;
    let leaf: Hash;
    if (prepared?.isEntry[place]) {
      this.#id.set(prepared.ids.subarray(place * 4, place * 4 + 4));
      leaf = prepared.leaves.toString('hex', place * 32, place * 32 + 32);
    } else {
      leaf = leafOf(reader, this.#id);
    }
    if (path === undefined && leaf !== sealed) throw new Fault('the entry is not the one that was sealed');
    if (!this.#ids.add(this.#id)) throw new Fault('the id of the entry has been there already');

    // A leaf that was changed along with its entry leads to another root: then the batch is named.
    if (path === undefined) batch.leaves.add(leaf);
    else if (rootOfPath(leaf, index, batch.size, path) !== batch.root) {
      throw new Fault(`the entry does not lead to the root of batch ${batch.no}`);
    }
    batch.next = index + 1;
    this.entries += 1;
  }

  #takeRemoved(reader: Reader): void {
    if (this.kind === 'selection') throw new Fault('a selection holds nothing that was removed');
    const batch = this.#place(reader);
    if (reader.skips(LINE.from)) {
      const from = reader.integer();
      reader.expect(LINE.to);
      const to = reader.integer();
      if (batch.next !== 0 || from !== 0 || to !== batch.size - 1)
        throw new Fault('only a whole batch is removed without its leaves');
      if (this.#hasListed) throw new Fault('a batch is removed without its leaves after a batch that has some');
      batch.isRemoved = true;
      batch.next = batch.size;
      this.removed += batch.size;
    } else {
      const index = this.#index(reader, batch);
      reader.expect(LINE.leaf);
      batch.leaves.add(reader.hash());
      batch.next = index + 1;
      this.removed += 1;
    }
    reader.expect(WORDS.close);
    reader.finish();
    if (Date.parse(batch.sealedAt) > this.#removableUntil) {
      const days = this.#options.retentionDays ?? 365;
      throw new Fault(`removed, though batch ${batch.no} was sealed ${batch.sealedAt}: retention keeps ${days} days`);
    }
    this.removedUntil = batch.sealedAt;
  }

  #takeEnd(reader: Reader): void {
    const from = reader.from;
    this.#digest.update(reader.bytes.subarray(this.#digested, from));
    this.#digested = from;
    const digest = this.#digest.copy().digest('hex');

    const last = this.#batch;
    this.#closeBatch();
    const batches = reader.integer();
    reader.expect(LINE.entries);
    const entries = reader.integer();
    reader.expect(LINE.removedCount);
    const removed = reader.integer();
    reader.expect(LINE.digest);
    const claimed = reader.hash();
    reader.expect(WORDS.close);
    reader.finish();

    const checkpoint = this.#known();
    if (this.kind === 'whole' && last?.no !== checkpoint.size - 1) {
      throw new Fault(
        `the checkpoint covers ${checkpoint.size} batches, of which ${this.batches} are here: the rest is missing`,
      );
    }
    if (batches !== this.batches) throw new Fault(`the end counts ${batches} batches, ${this.batches} are here`);
    if (entries !== this.entries) throw new Fault(`the end counts ${entries} entries, ${this.entries} are here`);
    if (removed !== this.removed)
      throw new Fault(`the end counts ${removed} removed entries, ${this.removed} are here`);
    if (this.kind === 'whole' && this.#log.root() !== checkpoint.root) {
      throw new Fault('the checkpoint signs another log than the one in this file', { line: 1 });
    }
    if (claimed !== digest) throw new Fault('the file is not as it was exported: its digest differs');
    this.#isEnded = true;
  }

  /** Nothing more belongs to the batch: are its entries all here, and are they those of its root? */
  #closeBatch(): void {
    const batch = this.#batch;
    if (!batch) return;
    const where = { line: batch.line, batch: batch.no };
    if (this.kind === 'selection') {
      if (batch.next === 0) throw new Fault('no entry of this batch follows', where);
      return;
    }
    if (batch.next !== batch.size)
      throw new Fault(`the batch has ${batch.size} entries, of which ${batch.next} follow`, where);
    if (!batch.isRemoved) {
      if (batch.leaves.root() !== batch.root)
        throw new Fault('an entry of this batch is not the one that was sealed', where);
      this.#hasListed = true;
    }
    this.#log.add(batch.hash);
    const held = this.#held.get(this.#log.size);
    if (held) {
      const root = this.#log.root();
      for (const one of held) this.#compare(one, root, batch.entries);
    }
  }

  /** The batch that the line names, which must be the one at hand. */
  #place(reader: Reader): Batch {
    const no = reader.integer();
    const batch = this.#batch;
    if (!batch) throw new Fault('there is no batch before this line');
    if (no !== batch.no) throw new Fault(`the line is of batch ${no} and stands in batch ${batch.no}`);
    return batch;
  }

  #index(reader: Reader, batch: Batch): number {
    reader.expect(LINE.index);
    const index = reader.integer();
    if (index >= batch.size) throw new Fault(`batch ${batch.no} has ${batch.size} entries`);
    const isNext = this.kind === 'whole' ? index === batch.next : index >= batch.next;
    if (!isNext) throw new Fault(`the entry with the index ${batch.next} is expected here`);
    return index;
  }

  #known(): Checkpoint {
    if (!this.#checkpoint) throw new Fault('there is no header');
    return this.#checkpoint;
  }
}

/**
 * Reads the text of an entry and the end of its line: the hash sha256(0x00 || text), and the id's words into `id`. The zero takes the place of
 * the colon before the text for a moment, which saves copying every entry.
 */
function leafOf(reader: Reader, id: Uint32Array): Hash {
  const from = reader.at - 1;
  reader.entry(id);
  const to = reader.at;
  reader.expect(WORDS.close);
  reader.finish();
  reader.bytes[from] = 0x00;
  const leaf = hash('sha256', reader.bytes.subarray(from, to), 'hex');
  reader.bytes[from] = COLON;
  return leaf;
}

// ───────────────────────────────────────────────────────────────────────────────────────────── a second thread for large files

/**
 * What can be said of each entry's line of a piece without the lines before it: that its text is one, its id and its leaf. It is the larger
 * part of the work, so a second thread does it for the pieces ahead. A line that is not as it should be is left to the first thread, which
 * comes to it in its order and says what is wrong.
 */
type Prepared = { isEntry: Uint8Array; ids: Uint32Array; leaves: Buffer };

function prepare(bytes: Buffer): Prepared {
  // The shortest entry's line is far longer than this.
  const most = Math.ceil(bytes.length / 64);
  const [isEntry, ids, leaves] = [new Uint8Array(most), new Uint32Array(most * 4), Buffer.alloc(most * 32)];
  const reader = new Reader();
  let place = 0;
  for (
    let from = 0, to = bytes.indexOf(0x0a);
    to !== -1 && place < most;
    from = to + 1, to = bytes.indexOf(0x0a, from)
  ) {
    reader.open(bytes, from, to);
    if (!reader.skips(LINE.entry)) continue;
    try {
      reader.integer();
      reader.expect(LINE.index);
      reader.integer();
      reader.expect(LINE.leaf);
      reader.hash();
      reader.expect(LINE.entryText);
      leaves.write(leafOf(reader, ids.subarray(place * 4, place * 4 + 4)), place * 32, 32, 'hex');
      isEntry[place] = 1;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
    place += 1;
  }
  return { isEntry, ids, leaves };
}

const SECOND_THREAD = 'motion-mavericks/audit-verify/second-thread';
const AHEAD = 4;

/** Pieces of whole lines with what the second thread says of them, in their order. It works on some pieces ahead. */
async function* preparedPieces(pieces: Iterator<Buffer<ArrayBuffer>>): AsyncGenerator<[Buffer, Prepared]> {
  const worker = new Worker(new URL(import.meta.url), { workerData: SECOND_THREAD });
  try {
    const answers = on(worker, 'message');
    let awaited = 0;
    const ask = () => {
      const { value, done } = pieces.next();
      if (done) return;
      worker.postMessage(value, [value.buffer]);
      awaited += 1;
    };
    for (let i = 0; i < AHEAD; i += 1) ask();
    while (awaited > 0) {
      const [[piece, isEntry, ids, leaves]] = (await answers.next()).value as [
        [Uint8Array, Uint8Array, Uint32Array, Uint8Array],
      ];
      awaited -= 1;
      ask();
      yield [asBuffer(piece), { isEntry, ids, leaves: asBuffer(leaves) }];
    }
  } finally {
    await worker.terminate();
  }
}

function answerPieces(port: NonNullable<typeof parentPort>): void {
  port.on('message', (piece: Uint8Array<ArrayBuffer>) => {
    const { isEntry, ids, leaves } = prepare(asBuffer(piece));
    port.postMessage([piece, isEntry, ids, leaves], [piece.buffer]);
  });
}

/** Between threads a Buffer becomes an array of bytes. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

// ───────────────────────────────────────────────────────────────────────────────────────────── the header

function parseHeader(text: string): { kind: 'whole' | 'selection'; keys: string[]; checkpoint: string } {
  const header = parseJson(text, 'the first line is not the header of an export');
  const isObject = typeof header === 'object' && header !== null;
  if (!isObject || Object.keys(header).join() !== HEADER_KEYS.join())
    throw new Fault('the header has not the keys of an export');
  if (JSON.stringify(header) !== text) throw new Fault('the header is written in another way than exports are');
  const { type, format, kind, filter, exported_at, exported_by, keys, checkpoint } = header as Record<string, unknown>;
  if (type !== 'header' || format !== FORMAT) throw new Fault(`the file is not of the format ${FORMAT}`);
  if (kind !== 'whole' && kind !== 'selection') throw new Fault('the kind is neither whole nor selection');
  const filters =
    typeof filter === 'object' && filter !== null && !Array.isArray(filter) ? Object.entries(filter) : null;
  if (!filters?.every(([name, value]) => FILTERS.includes(name) && typeof value === 'string'))
    throw new Fault('the filter is not one');
  if (kind === 'whole' && filters.length > 0) throw new Fault('a whole log has no filter');
  const time = Buffer.from(typeof exported_at === 'string' ? exported_at : '');
  if (time.length !== 27 || !isTime(time, 0)) throw new Fault('the time of the export is not a time');
  if (typeof exported_by !== 'string' || typeof checkpoint !== 'string') throw new Fault('the header is incomplete');
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === 'string'))
    throw new Fault('the keys of the header are not keys');
  return { kind, keys, checkpoint };
}

function parseJson(text: string, otherwise: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Fault(otherwise);
  }
}

/** Which row a line claims to be, for a person who looks for it. */
function placeIn(line: string): Omit<Problem, 'message' | 'line'> {
  const batch = /^\{"type":"(?:batch","no|entry","batch|removed","batch)":(\d{1,15})/.exec(line)?.[1];
  const index = /^\{"type":"(?:entry|removed)","batch":\d+,"index":(\d{1,15})/.exec(line)?.[1];
  const entry = /"entry":\{"id": "([0-9a-f-]{36})"/.exec(line)?.[1];
  return { ...(batch && { batch: Number(batch) }), ...(index && { index: Number(index) }), ...(entry && { entry }) };
}

export type Outcome = Report & { removedUntil: string | null; signer: string | null; compared: number };

/** Verifies an export that comes in pieces of any size. */
export function verifyExport(pieces: Iterable<Buffer>, options: Options = {}): Outcome {
  const verification = new ExportVerification(options);
  try {
    for (const piece of pieces) verification.take(piece);
    verification.finish();
    return outcomeOf(verification, options);
  } catch (error) {
    return outcomeOf(verification, options, error);
  }
}

/** Verifies the export in a file, with two threads when it is large. */
async function verifyFile(path: string, options: Options): Promise<Outcome> {
  const file = new LineFile(path);
  if (file.size < 8 * 1024 * 1024) return verifyExport(file.pieces(), options);
  const verification = new ExportVerification(options);
  try {
    for await (const [piece, prepared] of preparedPieces(file.pieces())) verification.take(piece, prepared);
    verification.finish();
    return outcomeOf(verification, options);
  } catch (error) {
    return outcomeOf(verification, options, error);
  }
}

function outcomeOf(verification: ExportVerification, options: Options, error?: unknown): Outcome {
  if (error !== undefined && !(error instanceof Fault)) throw error;
  const { kind, entries, batches, removed, checkpoint, signer, removedUntil, compared } = verification;
  return {
    ok: error === undefined,
    kind,
    entries,
    batches,
    removed,
    checkpoint: checkpoint ? { size: checkpoint.size, time: checkpoint.time } : null,
    trusted: signer !== undefined && options.keys !== undefined,
    ...(error && { problem: { ...error.where, message: error.message } }),
    removedUntil,
    signer: signer ? `${signer.origin}+${signer.id}` : null,
    compared,
  };
}

/** Verifies that the log of an older checkpoint is the beginning of the log of a newer one. */
export function verifyConsistency(older: Held, newer: Held, proof: string, keys: string[]): Report {
  let [from, to]: (Checkpoint | undefined)[] = [];
  let problem: Problem | undefined;
  try {
    const trusted = keys.map(parseVerifierKey);
    [from, to] = [older, newer].map(({ name, note }) => {
      try {
        const checkpoint = parseCheckpoint(note);
        signerOf(checkpoint, trusted);
        return checkpoint;
      } catch (error) {
        throw error instanceof Fault ? new Fault(`${name}: ${error.message}`) : error;
      }
    });
    if (!from || !to) throw new Fault('two checkpoints are needed');
    if (from.origin !== to.origin) throw new Fault('the checkpoints are of two logs');
    if (from.size > to.size) throw new Fault(`${newer.name} is older than ${older.name}`);
    const given = parseJson(proof, 'the proof is not JSON') as { from?: unknown; to?: unknown; proof?: unknown } | null;
    const hashes = Array.isArray(given?.proof) ? (given.proof as unknown[]) : null;
    const isProof = hashes?.every((one): one is Hash => typeof one === 'string' && /^[0-9a-f]{64}$/.test(one));
    if (!hashes || !isProof || given?.from !== from.size || given.to !== to.size) {
      throw new Fault(`the proof is not one from ${from.size} to ${to.size}`);
    }
    if (!isConsistent(from, to, hashes as Hash[]))
      throw new Fault('the older log is not the beginning of the newer one');
    if (from.entries > to.entries || (from.size === to.size && from.entries !== to.entries))
      throw new Fault('the counts of entries contradict each other');
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    problem = { message: error.message };
  }
  const checkpoint = to ? { size: to.size, time: to.time } : null;
  const counts = { entries: to?.entries ?? 0, batches: to?.size ?? 0, removed: 0 };
  const ok = problem === undefined;
  return { ok, kind: 'consistency', ...counts, checkpoint, trusted: ok, ...(problem && { problem }) };
}

// ───────────────────────────────────────────────────────────────────────────────────────────── the command

const HELP = `Proves an export of the audit log without the service that made it.

  audit-verify FILE [--key KEY|KEY_FILE] [--checkpoint NOTE_FILE]… [--retention DAYS] [--json]
  audit-verify --consistency OLD_NOTE NEW_NOTE PROOF.json --key KEY|KEY_FILE [--json]

  --key         the verifier key that you trust, or a file of such keys, one a line (as /.well-known/audit-keys answers).
                Without it the key in the file is taken, and who signed is not proven.
  --checkpoint  a file with one or more checkpoints that you have saved before, separated by empty lines: the log has to
                contain what they signed. May be given several times.
  --retention   days that the log keeps every entry, 365 by default: what is removed earlier was not removed by retention
  --consistency whether the log of an older checkpoint is the beginning of that of a newer one; no export is needed
  --json        one line for programs
  --help        this text

Exit code: 0 proven; 1 not proven, and the first wrong row is named; 2 the command was not understood.
`;

class Usage extends Error {}

/** A file that is read in pieces of whole lines. What follows the last line end is a piece as well, and so is the begin of a line without end. */
class LineFile {
  readonly #path: string;
  readonly #file: number;
  readonly size: number;

  constructor(path: string) {
    this.#path = path;
    try {
      this.#file = openSync(path, 'r');
      this.size = fstatSync(this.#file).size;
    } catch (error) {
      throw cannotRead(path, error);
    }
  }

  *pieces(): Generator<Buffer<ArrayBuffer>> {
    try {
      let rest = Buffer.alloc(0);
      for (;;) {
        const bytes = Buffer.alloc(rest.length + 512 * 1024);
        rest.copy(bytes);
        const end = rest.length + readSync(this.#file, bytes, rest.length, bytes.length - rest.length, null);
        const isLast = end === rest.length;
        const cut = isLast || end > LONGEST_LINE ? end : bytes.lastIndexOf(0x0a, end - 1) + 1;
        rest = Buffer.from(bytes.subarray(cut, end));
        if (cut > 0) yield bytes.subarray(0, cut);
        if (isLast) return;
      }
    } catch (error) {
      throw cannotRead(this.#path, error);
    } finally {
      closeSync(this.#file);
    }
  }
}

function cannotRead(path: string, error: unknown): Usage {
  return new Usage(`${path} cannot be read: ${error instanceof Error ? error.message : error}`);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw cannotRead(path, error);
  }
}

/** Keys from the command line: a key, or the file of some. */
function keysFrom(text: string): string[] {
  const isFile = existsSync(text);
  const keys = (isFile ? read(text) : text).split('\n').filter((line) => line.trim() !== '');
  try {
    keys.map(parseVerifierKey);
  } catch (error) {
    throw new Usage(
      `--key: ${error instanceof Error ? error.message : error}${isFile ? '' : ', and no file has this name'}`,
    );
  }
  if (keys.length === 0) throw new Usage(`--key: ${text} holds no key`);
  return keys;
}

function heldIn(path: string): Held[] {
  const notes = splitNotes(read(path));
  return notes.map((note, place) => ({ name: notes.length === 1 ? path : `${path}, note ${place + 1}`, note }));
}

function describe(problem: Problem): string {
  const { line, batch, index, entry, message } = problem;
  const parts = [
    line && `line ${line}`,
    batch !== undefined && `batch ${batch}`,
    index !== undefined && `index ${index}`,
    entry && `entry ${entry}`,
  ];
  const place = parts.filter(Boolean).join(', ');
  return `✗ not proven${place ? `: ${place}` : ''}: ${message}\n`;
}

function summarise(outcome: Outcome, held: number): string {
  const { kind, entries, batches, removed, removedUntil, checkpoint, trusted, signer, compared } = outcome;
  const count = (n: number) => n.toLocaleString('en-AU');
  const isWhole = kind === 'whole';
  return [
    trusted
      ? '✓ proven'
      : '△ the file is whole and agrees with its signature, but WHO SIGNED IS NOT PROVEN: the key is its own',
    isWhole &&
      '  the whole log up to its checkpoint: nothing was changed, added, removed or reordered after it was signed',
    !isWhole &&
      '  each of these entries stands in the log as it was signed; that none was left out, a selection cannot prove',
    `  ${count(entries)} entries in ${count(batches)} batches`,
    removed > 0 && `  ${count(removed)} more were removed, as retention does: sealed until ${removedUntil}`,
    `  checkpoint of size ${checkpoint?.size}, signed ${checkpoint?.time} by ${signer}`,
    compared > 0 && `  agrees with ${compared} of ${held} checkpoints that you hold`,
    held > compared && `  ${held - compared} are older than the selection can show: ask for a consistency proof`,
    !trusted && '  Anybody can make such a file with a key of their own. Pass the key that you trust with --key.',
  ]
    .filter((line) => line !== false)
    .map((line) => `${line}\n`)
    .join('');
}

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseCommand(args);
  const say = (text: string) => process.stdout.write(text);
  if (values.help) {
    say(HELP);
    return 0;
  }
  const keys = values.key === undefined ? undefined : keysFrom(values.key);
  if (values.consistency) {
    const [older, newer, proof, ...more] = positionals;
    if (!older || !newer || !proof || more.length > 0) throw new Usage('--consistency takes two notes and a proof');
    if (!keys) throw new Usage('--consistency needs --key: notes do not carry their key');
    if (values.checkpoint || values.retention)
      throw new Usage('--consistency takes neither --checkpoint nor --retention');
    const report = verifyConsistency(
      { name: older, note: read(older) },
      { name: newer, note: read(newer) },
      read(proof),
      keys,
    );
    if (values.json) say(`${JSON.stringify(report)}\n`);
    else
      say(
        report.problem
          ? describe(report.problem)
          : '✓ proven\n  the log of the older checkpoint is the beginning of that of the newer one\n',
      );
    return report.ok ? 0 : 1;
  }
  const [path, ...more] = positionals;
  if (!path || more.length > 0) throw new Usage('one file is expected');
  if (values.retention !== undefined && !/^\d{1,5}$/.test(values.retention))
    throw new Usage('--retention takes a number of days');
  const held = (values.checkpoint ?? []).flatMap(heldIn);
  const retentionDays = Number(values.retention ?? 365);
  const outcome = await verifyFile(path, { ...(keys && { keys }), held, retentionDays });
  const { removedUntil: _removedUntil, signer: _signer, compared: _compared, ...report } = outcome;
  if (values.json) say(`${JSON.stringify(report)}\n`);
  else say(outcome.problem ? describe(outcome.problem) : summarise(outcome, held.length));
  return report.ok ? 0 : 1;
}

function parseCommand(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        key: { type: 'string' },
        checkpoint: { type: 'string', multiple: true },
        retention: { type: 'string' },
        consistency: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new Usage(error instanceof Error ? error.message : String(error));
  }
}

if (workerData === SECOND_THREAD && parentPort) answerPieces(parentPort);
else if (import.meta.main) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof Usage)) throw error;
    process.stderr.write(`${error.message}\n\n${HELP}`);
    process.exitCode = 2;
  }
}
