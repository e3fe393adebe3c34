import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CheckpointFile, isBeginOf } from './checkpoint-file.ts';

const noteOf = (n: number, filler = '') =>
  `log.example.com/audit\n${n}\n${filler}root\n\n\u2014 log.example.com/audit c2lnbmF0dXJl\n`;

let folder: string;
let file: CheckpointFile;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoints-'));
  file = new CheckpointFile(join(folder, 'made', 'when-needed'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the file of checkpoints', () => {
  it('has no end before it exists', async () => {
    expect(await file.readEnd()).toEqual({ note: undefined, torn: '' });
  });

  it('holds them in order, separated by an empty line', async () => {
    await file.append([noteOf(1)], '');
    await file.append([noteOf(2), noteOf(3)], '');
    expect(await readFile(file.path, 'utf8')).toBe(`${noteOf(1)}\n${noteOf(2)}\n${noteOf(3)}`);
    expect(await file.readEnd()).toEqual({ note: noteOf(3), torn: '' });
  });

  it('is read from its end, however long it is', async () => {
    const notes = Array.from({ length: 500 }, (_, i) => noteOf(i, 'x'.repeat(i % 97)));
    await file.append(notes, '');
    expect(await file.readEnd()).toEqual({ note: notes.at(-1), torn: '' });
  });

  it('that was cut off anywhere, in the middle of a character too, ends in the last complete one; the next takes its place', async () => {
    for (const complete of [[], [noteOf(1)]]) {
      const next = noteOf(2);
      const appended = Buffer.from(complete.length === 0 ? next : `\n${next}`);
      for (let length = 0; length < appended.length; length += 1) {
        await rm(file.path, { force: true });
        await file.append(complete.length === 0 ? [''] : complete, '');
        await appendFile(file.path, appended.subarray(0, length));
        const { note, torn } = await file.readEnd();
        expect(note).toBe(complete[0]);
        expect(torn).toHaveLength(length);
        expect(isBeginOf(torn, next, note === undefined)).toBe(true);
        await file.append([next], torn);
        expect(await readFile(file.path, 'utf8')).toBe([...complete, next].join('\n'));
      }
    }
  });

  it('that ends in something else says so', async () => {
    await file.append([noteOf(1)], '');
    await writeFile(file.path, `${noteOf(1)}something else\n`);
    const { note, torn } = await file.readEnd();
    expect(note).toBe(noteOf(1));
    expect(isBeginOf(torn, noteOf(2), false)).toBe(false);
  });
});
