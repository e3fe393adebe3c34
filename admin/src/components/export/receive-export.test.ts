import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExportFormat } from './export-format.ts';
import { ExportError, type ExportTarget, receiveExport } from './receive-export.ts';

const header = {
  type: 'header',
  format: 'motion-mavericks/audit-export/1',
  kind: 'whole',
  filter: {},
  exported_at: '2026-11-21T04:05:06.123456Z',
  exported_by: 'user_x',
  keys: ['mm.test/audit+00000000+AA=='],
  checkpoint: 'mm.test/audit\n1\nAA=\nentries 1\ntime 2026-11-21T04:05:06.123456Z\n\n— mm.test/audit AA\n',
};
const end = { type: 'end', batches: 1, entries: 2, removed: 0, sha256: 'ab' };
const lines = (...values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const entry = {
  type: 'entry',
  batch: 0,
  index: 0,
  entry: { reason: '{"type":"end","batches":1,"entries":1,"removed":0}' },
};
const file = new TextEncoder().encode(
  lines(header, { type: 'batch', no: 0 }, entry, { ...entry, reason: 'Übung' }, end),
);

type Body = { pieces: readonly Uint8Array[]; breaks?: Error; type?: string };

function answer({ pieces, breaks, type = 'application/x-ndjson; charset=utf-8' }: Body): Response {
  const queue = [...pieces];
  const body = new ReadableStream({
    pull(control) {
      const piece = queue.shift();
      if (piece) control.enqueue(piece);
      else if (breaks) control.error(breaks);
      else control.close();
    },
  });
  return new Response(body, { headers: { 'content-type': type } });
}

/** A target that keeps what it was given, and tells how it ended. */
function shelf() {
  const state = { kept: [] as Uint8Array[], ended: [] as string[] };
  const target: ExportTarget = {
    write: async (piece) => void state.kept.push(piece.slice()),
    close: async () => void state.ended.push('closed'),
    discard: async () => void state.ended.push('discarded'),
  };
  return { state, target };
}

function receive(body: Body, options: Partial<Parameters<typeof receiveExport>[1]> = {}) {
  const { state, target } = shelf();
  const format: ExportFormat = options.format ?? 'jsonl';
  const { signal } = new AbortController();
  const done = receiveExport(answer(body), { format, target, signal, onBytes: () => undefined, ...options });
  return { state, done };
}

/** The bytes in pieces, cut at these places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const edges = [0, ...[...new Set(places)].sort((a, b) => a - b), bytes.length];
  return edges.slice(1).map((to, index) => bytes.slice(edges[index], to));
}

describe('an export', () => {
  it('is saved byte for byte, however it arrives, and tells what it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(file.length), { maxLength: 20 }), async (places) => {
        const { state, done } = receive({ pieces: cut(file, places) });
        expect(await done).toMatchObject({
          bytes: file.length,
          header: { kind: 'whole' },
          end: { batches: 1, entries: 2 },
        });
        expect(Buffer.concat(state.kept).equals(file)).toBe(true);
        expect(state.ended).toEqual(['closed']);
      }),
      { numRuns: 50 },
    );
  });

  it('that stops anywhere before its end is refused as cut off, and nothing is saved', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), async (length) => {
        const { state, done } = receive({ pieces: [file.slice(0, length)] });
        await expect(done).rejects.toMatchObject({ fault: 'cutOff', bytes: length });
        expect(state.ended).toEqual(['discarded']);
      }),
      { numRuns: 50 },
    );
  });

  it('whose connection breaks is refused as cut off, even after the last byte of CSV', async () => {
    const csv = new TextEncoder().encode('id,reason\r\n1,x\r\n');
    const broken = new TypeError('network error');
    for (const [format, type, bytes] of [
      ['jsonl', 'application/x-ndjson', file],
      ['csv', 'text/csv', csv],
    ] as const) {
      const { state, done } = receive({ pieces: [bytes], breaks: broken, type }, { format });
      await expect(done).rejects.toMatchObject({ fault: 'cutOff', bytes: bytes.length, cause: broken });
      expect(state.ended).toEqual(['discarded']);
    }
  });

  it('longer than what is looked at is judged by its two ends', async () => {
    const filler = new TextEncoder().encode(lines(entry).repeat(3000));
    const whole = [new TextEncoder().encode(lines(header)), filler, filler, new TextEncoder().encode(lines(end))];
    const { done } = receive({ pieces: whole });
    expect((await done).end).toMatchObject({ entries: 2 });
    await expect(receive({ pieces: whole.slice(0, -1) }).done).rejects.toMatchObject({ fault: 'cutOff' });
  });

  it('of another format, or that is no export at all, is refused as that', async () => {
    const other = new TextEncoder().encode(lines({ ...header, format: 'motion-mavericks/audit-export/2' }, end));
    await expect(receive({ pieces: [other] }).done).rejects.toMatchObject({ fault: 'unknownFormat' });
    const page = receive({ pieces: [file], type: 'text/html' });
    await expect(page.done).rejects.toMatchObject({ fault: 'unknownFormat' });
    expect(page.state).toEqual({ kept: [], ended: ['discarded'] });
  });

  it('that the disk does not take is refused as that', async () => {
    const full = new Error('quota');
    const { state, target } = shelf();
    const { done } = receive({ pieces: [file] }, { target: { ...target, write: () => Promise.reject(full) } });
    await expect(done).rejects.toMatchObject({ fault: 'unwritable', cause: full });
    expect(state.ended).toEqual(['discarded']);
    const unclosed = receive({ pieces: [file] }, { target: { ...target, close: () => Promise.reject(full) } });
    await expect(unclosed.done).rejects.toBeInstanceOf(ExportError);
  });

  it('that is cancelled on the way is discarded, and is no fault', async () => {
    const control = new AbortController();
    const enough = new Error('enough');
    const { state, done } = receive(
      { pieces: cut(file, [10, 20]) },
      { signal: control.signal, onBytes: (bytes) => bytes === 20 && control.abort(enough) },
    );
    await expect(done).rejects.toBe(enough);
    expect(state.ended).toEqual(['discarded']);
  });
});
