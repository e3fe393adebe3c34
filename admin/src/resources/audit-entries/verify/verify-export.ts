import { Fault, type FaultCode } from './fault.ts';
import { Verification } from './verification.ts';

export type Report =
  | {
      ok: true;
      kind: 'whole' | 'selection';
      entries: number;
      batches: number;
      removed: number;
      checkpoint: { size: number; entries: number; time: string };
      /** Id of the key that signed. */
      signer: string;
      /** Whether the entry that was asked about is among those that are proven; null when none was. */
      holds: boolean | null;
    }
  | { ok: false; line: number; code: FaultCode };

export type Asked = {
  /** Verifier keys that are trusted to sign, one a line of `/.well-known/audit-keys`. */
  keys: readonly string[];
  /** An entry that has to be among the proven ones. */
  entryId?: string | undefined;
};

/** Lines are counted from 1; the last one has to end too. */
async function* linesOf(file: Blob): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let carry = '';
  const reader = file.stream().getReader();
  for (;;) {
    const { value, done } = await reader.read();
    try {
      carry += decoder.decode(value, { stream: !done });
    } catch {
      throw new Fault('not_utf8');
    }
    const lines = carry.split('\n');
    carry = lines.pop() ?? '';
    yield* lines;
    if (done) break;
  }
  if (carry !== '') throw new Fault('cut_off');
}

/**
 * Proves an export of the audit log, or names the first line that is wrong. The file is read once, in pieces.
 * @param onProgress told now and then how many lines have been proven
 */
export async function verifyExport(
  file: Blob,
  { keys, entryId }: Asked,
  onProgress: (lines: number) => void = () => undefined,
): Promise<Report> {
  const verification = new Verification(keys);
  let line = 0;
  try {
    for await (const text of linesOf(file)) {
      line += 1;
      await verification.take(text);
      if (line % 1000 === 0) onProgress(line);
    }
    line += 1;
    verification.finish();
  } catch (error) {
    if (error instanceof Fault) return { ok: false, line: Math.max(line, 1), code: error.code };
    throw error;
  }
  const { kind, checkpoint, signer, entries, batches, removed } = verification;
  if (!kind || !checkpoint || !signer) return { ok: false, line: 1, code: 'not_export' };
  return {
    ok: true,
    kind,
    entries,
    batches,
    removed,
    checkpoint: { size: checkpoint.size, entries: checkpoint.entries, time: checkpoint.time },
    signer,
    holds: entryId === undefined ? null : verification.has(entryId),
  };
}
