import { createWriteStream, existsSync, renameSync, rmSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

const KEPT = 3;
const MAX_BYTES = 20 * 1024 * 1024;

/** The log of one child, `<name>.log`; at each start, and beyond 20 MB, the earlier ones become `.1.log` to `.3.log`. */
export class LogFile {
  readonly path: string;
  readonly #folder: string;
  readonly #name: string;
  #stream: WriteStream;
  #bytes = 0;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
    this.path = join(folder, `${name}.log`);
    this.#stream = this.#begin();
  }

  write(line: string): void {
    this.#bytes += Buffer.byteLength(line) + 1;
    if (this.#bytes > MAX_BYTES) {
      this.#stream.end();
      this.#stream = this.#begin();
    }
    this.#stream.write(`${line}\n`);
  }

  close(): void {
    this.#stream.end();
  }

  #begin(): WriteStream {
    const numbered = (number: number) => join(this.#folder, `${this.#name}.${number}.log`);
    rmSync(numbered(KEPT), { force: true });
    for (let number = KEPT - 1; number >= 1; number--) {
      if (existsSync(numbered(number))) renameSync(numbered(number), numbered(number + 1));
    }
    if (existsSync(this.path)) renameSync(this.path, numbered(1));
    this.#bytes = 0;
    const stream = createWriteStream(this.path, { mode: 0o600 });
    // A full disk must not take the stack down.
    stream.on('error', () => {});
    return stream;
  }
}
