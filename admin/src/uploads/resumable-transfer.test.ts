import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Put, TransferError, transfer } from './resumable-transfer.ts';

const unit = 256;

function fileOf(size: number): File {
  const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 7 + (index >> 8)) % 251);
  return new File([bytes], 'clip.mp4', { type: 'video/mp4' });
}

type Mishap = 'lost before it arrived' | 'half arrived' | 'answer lost' | 503;

/** The server's side of the protocol, with things going wrong at the requests the test names. */
function storage(size: number, mishaps: Mishap[] = []) {
  const received: number[] = [];
  const requests: string[] = [];
  const state = { closed: undefined as number | undefined };
  const report = () => {
    if (received.length === size) return { status: 200, range: null };
    return { status: 308, range: received.length === 0 ? null : `bytes=0-${received.length - 1}` };
  };
  const put: Put = async (_url, { contentRange, body }, { signal }) => {
    signal.throwIfAborted();
    requests.push(contentRange);
    if (state.closed) return { status: state.closed, range: null };
    if (contentRange.startsWith('bytes */')) return report();
    const mishap = mishaps.shift();
    if (mishap === 'lost before it arrived') return { status: 0, range: null };
    if (mishap === 503) return { status: 503, range: null };
    const first = Number(/bytes (\d+)-/.exec(contentRange)?.[1]);
    if (first !== received.length) return report();
    const bytes = new Uint8Array((await body?.arrayBuffer()) ?? new ArrayBuffer(0));
    received.push(...(mishap === 'half arrived' ? bytes.subarray(0, bytes.length >> 1) : bytes));
    return mishap ? { status: 0, range: null } : report();
  };
  return { put, received, requests, state };
}

function run(file: File, put: Put, given: Partial<Parameters<typeof transfer>[0]> = {}) {
  return transfer({
    url: 'https://storage.test/u',
    file,
    put,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    backoff: async () => undefined,
    resuming: false,
    chunkBytes: unit,
    ...given,
  });
}

describe('a resumable upload', () => {
  it('arrives byte for byte, in chunks', async () => {
    const file = fileOf(2 * unit + 100);
    const { put, received, requests } = storage(file.size);
    await run(file, put);
    expect(requests).toEqual([
      `bytes 0-${unit - 1}/${file.size}`,
      `bytes ${unit}-${2 * unit - 1}/${file.size}`,
      `bytes ${2 * unit}-${file.size - 1}/${file.size}`,
    ]);
    expect(Uint8Array.from(received)).toEqual(new Uint8Array(await file.arrayBuffer()));
  });

  it('arrives byte for byte whatever is lost on the way', async () => {
    const mishap = fc.constantFrom<Mishap>('lost before it arrived', 'half arrived', 'answer lost', 503);
    const file = fileOf(unit + 5000);
    const whole = new Uint8Array(await file.arrayBuffer());
    await fc.assert(
      fc.asyncProperty(fc.array(mishap, { maxLength: 5 }), async (mishaps) => {
        const { put, received } = storage(file.size, [...mishaps]);
        await run(file, put);
        expect(Uint8Array.from(received)).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });

  it('that was stopped goes on where the server is, not where it began', async () => {
    const file = fileOf(3 * unit);
    const { put, received, requests } = storage(file.size);
    const stop = new AbortController();
    const stopping = run(file, put, {
      signal: stop.signal,
      onProgress: (bytes) => {
        if (bytes >= unit) stop.abort(new Error('paused'));
      },
    });
    await expect(stopping).rejects.toThrow('paused');
    requests.length = 0;
    await run(file, put, { resuming: true });
    expect(requests[0]).toBe(`bytes */${file.size}`);
    expect(requests[1]).toBe(`bytes ${unit}-${2 * unit - 1}/${file.size}`);
    expect(received).toHaveLength(file.size);
  });

  it('that had arrived in full when it was stopped sends nothing more', async () => {
    const file = fileOf(100);
    const { put, requests } = storage(file.size);
    await run(file, put);
    requests.length = 0;
    await run(file, put, { resuming: true });
    expect(requests).toEqual([`bytes */${file.size}`]);
  });

  it('gives up as interrupted after failing too often in a row', async () => {
    const put: Put = async () => ({ status: 0, range: null });
    await expect(run(fileOf(10), put, { linePatience: 3 })).rejects.toMatchObject({ fault: 'interrupted', status: 0 });
  });

  it('waits longer for a line that is away than for a server that fails', async () => {
    let asked = 0;
    const away: Put = async () => {
      asked += 1;
      return asked < 30 ? { status: 0, range: null } : { status: 200, range: null };
    };
    await run(fileOf(10), away);
    const failing: Put = async () => ({ status: 503, range: null });
    await expect(run(fileOf(10), failing)).rejects.toMatchObject({ fault: 'interrupted', status: 503 });
  });

  it('says that the file cannot be read, instead of waiting for a line that is there', async () => {
    const changed = new DOMException('The file was changed.', 'NotReadableError');
    const file = fileOf(10);
    file.slice = () => Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(changed) });
    await expect(run(file, async () => ({ status: 0, range: null }))).rejects.toBe(changed);
  });

  it('gives up on a server that answers but never moves on', async () => {
    const put: Put = async () => ({ status: 308, range: null });
    await expect(run(fileOf(10), put, { patience: 3 })).rejects.toBeInstanceOf(TransferError);
  });

  it.each([400, 403, 404, 410])('ends at once at a %i: the address is dead', async (status) => {
    const file = fileOf(10);
    const { put, requests, state } = storage(file.size);
    state.closed = status;
    await expect(run(file, put)).rejects.toMatchObject({ fault: 'ended', status });
    expect(requests).toHaveLength(1);
  });
});
