import { z } from 'zod';

/** Bytes kept of either end: a header names every key that ever signed, the last line has some 200 bytes. */
const kept = 65_536;

/**
 * The first and the last line of a file that passes in pieces, so that a file of any size can be judged without being held.
 */
export class ExportEdges {
  #head = new Uint8Array();
  #tail = new Uint8Array();
  bytes = 0;

  add(piece: Uint8Array): void {
    this.bytes += piece.length;
    if (this.#head.length < kept) this.#head = joined(this.#head, piece.subarray(0, kept - this.#head.length));
    const end = piece.length >= kept ? piece.slice(-kept) : joined(this.#tail, piece);
    this.#tail = end.length > kept ? end.slice(-kept) : end;
  }

  /** Undefined while it is not whole. */
  firstLine(): string | undefined {
    const end = this.#head.indexOf(newline);
    return end < 0 ? undefined : decode(this.#head.subarray(0, end));
  }

  /** Undefined when the file does not end in a whole line. */
  lastLine(): string | undefined {
    if (this.#tail.at(-1) !== newline) return undefined;
    const line = this.#tail.subarray(0, -1);
    return decode(line.subarray(line.lastIndexOf(newline) + 1));
  }
}

const newline = 0x0a;
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}

const headerLine = z.object({
  type: z.literal('header'),
  format: z.literal('motion-mavericks/audit-export/1'),
  kind: z.enum(['whole', 'selection']),
  checkpoint: z.string(),
});
export type ExportHeader = z.infer<typeof headerLine>;

const count = z.number().int().nonnegative();
const endLine = z.object({ type: z.literal('end'), batches: count, entries: count, removed: count });
export type ExportEnd = z.infer<typeof endLine>;

export const readHeader = (line: string | undefined): ExportHeader | undefined => parsed(headerLine, line);
export const readEnd = (line: string | undefined): ExportEnd | undefined => parsed(endLine, line);

function parsed<T>(schema: z.ZodType<T>, line: string | undefined): T | undefined {
  try {
    return schema.safeParse(JSON.parse(line ?? '')).data;
  } catch {
    return undefined;
  }
}
