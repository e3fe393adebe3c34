import type { ExportFormat } from './export-format.ts';
import type { ExportTarget } from './receive-export.ts';

const types: Record<ExportFormat, { description: string; accept: Record<string, string[]> }> = {
  jsonl: { description: 'JSON Lines', accept: { 'application/x-ndjson': ['.jsonl'] } },
  csv: { description: 'CSV', accept: { 'text/csv': ['.csv'] } },
};

type Picker = (options: { suggestedName: string; types: unknown[] }) => Promise<FileSystemFileHandle>;

/**
 * Where an export is kept: streamed to a place on the disk that the person chooses, where the browser can do that; else held by
 * the browser until it is complete, then downloaded. Has to be called by a press of a button.
 *
 * @returns undefined when the person chose no place
 */
export async function chooseTarget(
  format: ExportFormat,
  name: string,
): Promise<(ExportTarget & { name: string }) | undefined> {
  const { showSaveFilePicker: pick } = globalThis as { showSaveFilePicker?: Picker };
  if (!pick) return { name, ...inMemory(format, name) };
  try {
    const handle = await pick.call(globalThis, { suggestedName: name, types: [types[format]] });
    return { name: handle.name, ...(await onDisk(handle)) };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

async function onDisk(handle: FileSystemFileHandle & { remove?: () => Promise<void> }): Promise<ExportTarget> {
  const file = await handle.createWritable();
  return {
    write: (piece) => file.write(piece),
    close: () => file.close(),
    async discard() {
      // A stream that failed is aborted already.
      await file.abort().catch(() => undefined);
      // The browser made an empty file when the place was chosen; one that holds something is the person's own.
      const { size } = await handle.getFile().catch(() => ({ size: 1 }));
      if (size === 0) await handle.remove?.().catch(() => undefined);
    },
  };
}

/** How long a download may take to begin before the browser forgets what it is of. */
const forgetAfterMs = 60_000;

function inMemory(format: ExportFormat, name: string): ExportTarget {
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  return {
    async write(piece) {
      pieces.push(piece);
    },
    async close() {
      const [type = ''] = Object.keys(types[format].accept);
      const href = URL.createObjectURL(new Blob(pieces, { type }));
      pieces = [];
      Object.assign(document.createElement('a'), { href, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(href), forgetAfterMs);
    },
    async discard() {
      pieces = [];
    },
  };
}
