import { hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

// The bound: reads the file in pieces and hashes each of its lines, with nothing looked at and nothing kept. `node bare-hash.ts FILE`
const file = openSync(process.argv[2] ?? '', 'r');
const buffer = Buffer.allocUnsafe(512 * 1024);
let carry = 0;
let lines = 0;
for (
  let length = readSync(file, buffer);
  length > 0;
  length = readSync(file, buffer, carry, buffer.length - carry, null)
) {
  const end = carry + length;
  let from = 0;
  for (let to = buffer.indexOf(0x0a); to !== -1 && to < end; to = buffer.indexOf(0x0a, from)) {
    hash('sha256', buffer.subarray(from, to), 'hex');
    lines += 1;
    from = to + 1;
  }
  buffer.copy(buffer, 0, from, end);
  carry = end - from;
}
closeSync(file);
process.stdout.write(`${lines}\n`);
