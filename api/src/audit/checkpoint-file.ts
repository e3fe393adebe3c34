import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes at the end of the file that are read: a checkpoint has a few hundred. */
const tailBytes = 8_192;

/** The end of the file. */
export interface FileEnd {
  /** The last complete checkpoint; undefined when there is none. */
  readonly note: string | undefined;
  /** The bytes after it, one a character: the begin of a checkpoint whose writing was cut off, or nothing. */
  readonly torn: string;
}

/** How bytes are looked at: one a character, since a cut may go through the middle of one. */
const bytewise = 'latin1';
/** What stands between a checkpoint's text and its signature. */
const mark = Buffer.from('\n\n\u2014 ').toString(bytewise);

/**
 * The checkpoints outside the database: `checkpoints.txt` in a folder of its own, one after another, separated by an empty line.
 * Written by one process at a time; a database lock sees to that.
 */
export class CheckpointFile {
  readonly path: string;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.path = join(folder, 'checkpoints.txt');
  }

  /** Reads the end of the file. A file that does not exist has none. */
  async readEnd(): Promise<FileEnd> {
    const file = await this.#openIfThere();
    if (file === undefined) {
      return { note: undefined, torn: '' };
    }
    try {
      const { size } = await file.stat();
      const from = Math.max(0, size - tailBytes);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
      return endOf(buffer.toString(bytewise, 0, bytesRead), from === 0);
    } finally {
      await file.close();
    }
  }

  /** Appends checkpoints in place of `torn`, what the file ends in, and waits until the disk has them. */
  async append(notes: readonly string[], torn: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const file = await open(this.path, 'a+', 0o600);
    try {
      const size = (await file.stat()).size - torn.length;
      if (torn !== '') {
        await file.truncate(size);
      }
      await file.appendFile(`${size === 0 ? '' : '\n'}${notes.join('\n')}`);
      await file.sync();
    } finally {
      await file.close();
    }
    const folder = await open(this.#folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  async #openIfThere(): Promise<FileHandle | undefined> {
    try {
      return await open(this.path, 'r');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
  }
}

/** The last complete checkpoint of a text, which ends with the newline of its signature, and what comes after that. */
function endOf(text: string, isWhole: boolean): FileEnd {
  for (let at = text.lastIndexOf(mark); at >= 0; at = text.lastIndexOf(mark, at - 1)) {
    const signatureEnd = text.indexOf('\n', at + mark.length);
    const begin = text.lastIndexOf('\n\n', at - 1);
    if (signatureEnd >= 0 && (begin >= 0 || isWhole)) {
      const note = text.slice(begin < 0 ? 0 : begin + 2, signatureEnd + 1);
      return { note: Buffer.from(note, bytewise).toString(), torn: text.slice(signatureEnd + 1) };
    }
  }
  return { note: undefined, torn: text };
}

/** Whether the file may end in `torn` when this checkpoint was being appended: a part of its bytes, in place. */
export function isBeginOf(torn: string, note: string, isFirst: boolean): boolean {
  return Buffer.from(isFirst ? note : `\n${note}`)
    .toString(bytewise)
    .startsWith(torn);
}
