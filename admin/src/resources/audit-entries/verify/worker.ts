import './no-eval.ts';
import { type Asked, type Report, verifyExport } from './verify-export.ts';

/** What the worker is asked, once. */
export type Question = Asked & { file: Blob };
/** What it says: how far it is, and in the end what it found; `broken` when checking itself failed. */
export type Word = { is: 'lines'; lines: number } | { is: 'report'; report: Report } | { is: 'broken' };

const say = (word: Word) => globalThis.postMessage(word);

globalThis.addEventListener('message', async ({ data }: MessageEvent<Question>) => {
  try {
    say({ is: 'report', report: await verifyExport(data.file, data, (lines) => say({ is: 'lines', lines })) });
  } catch {
    say({ is: 'broken' });
  }
});
