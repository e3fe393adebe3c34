import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { atLeast, type Bench, median, times } from '../bench.ts';
import { writeExport } from './write-export.ts';

const BATCHES = 147;
const ROUNDS = 5;
const verifier = fileURLToPath(import.meta.resolve('@mm/audit-verify'));
const bareHash = fileURLToPath(new URL('bare-hash.ts', import.meta.url));

/** The verifier as an auditor runs it, start of the program included, in turns with a program that only hashes the lines of the same file. */
export const auditVerify: Bench = {
  name: 'audit-verify',
  about: 'verifying an export of 600,000 entries, against hashing its lines and nothing else',
  async run(say) {
    const folder = await mkdtemp(join(tmpdir(), 'bench-audit-verify-'));
    try {
      const path = join(folder, 'export.jsonl');
      const { key, entries, bytes } = writeExport(path, BATCHES);
      const verified: number[] = [];
      const hashed: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        verified.push(await secondsOf([verifier, path, '--key', key, '--json'], (out) => isProof(out, entries)));
        hashed.push(await secondsOf([bareHash, path], (out) => Number(out) === entries + BATCHES + 2));
      }
      const perSecond = (seconds: number[]) => Math.round(entries / median(seconds));
      say(`${entries.toLocaleString('en-AU')} entries, ${Math.round(bytes / 1e6)} MB`);
      say(
        `${perSecond(verified).toLocaleString('en-AU')} rows/s verified, ${perSecond(hashed).toLocaleString('en-AU')} rows/s only hashed`,
      );
      return [
        atLeast('audit-verify/rows-per-second', perSecond(verified), 300_000),
        atLeast('audit-verify/bare-hash', times(hashed, verified), 0.2),
      ];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

/** How long a program ran. What it answered must be right, or the time means nothing. */
async function secondsOf(args: string[], isRight: (out: string) => boolean): Promise<number> {
  const begin = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const seconds = (performance.now() - begin) / 1000;
  if (!isRight(stdout)) throw new Error(`node ${args.join(' ')} answered: ${stdout}`);
  return seconds;
}

function isProof(out: string, entries: number): boolean {
  const report = JSON.parse(out) as { ok?: unknown; trusted?: unknown; entries?: unknown };
  return report.ok === true && report.trusted === true && report.entries === entries;
}
