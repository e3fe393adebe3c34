import { describe, expect, it } from 'vitest';
import { fitsPassphrase, hashPassphrase } from './passphrase.ts';

describe('argon2id', () => {
  it('hashes as the reference implementation does', async () => {
    // By the reference library of RFC 9106 (phc-winner-argon2, through argon2-cffi): salt "a salt of 16 byt".
    const reference =
      '$argon2id$v=19$m=19456,t=2,p=1$YSBzYWx0IG9mIDE2IGJ5dA$MeyFG3+8xhLPRsC6YhhmYiH2rXMSYTlaa7UjZcXzViU';
    expect(await fitsPassphrase('open sesame', reference)).toBe(true);
    expect(await fitsPassphrase('open Sesame', reference)).toBe(false);
  });

  it('is written in the shape that the table takes', async () => {
    expect(await hashPassphrase('open sesame')).toMatch(
      /^\$argon2id\$v=19\$m=(19456|32768|65536),t=[2-4],p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    );
  });

  it('reads the costs from the hash', async () => {
    const hash = await hashPassphrase('open sesame');
    expect(await fitsPassphrase('open sesame', hash.replace('t=2', 't=3'))).toBe(false);
    expect(await fitsPassphrase('open sesame', hash.replace('m=19456', 'm=32768'))).toBe(false);
  });

  it.each(['', 'open sesame', '$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$x', '$2b$12$abc'])(
    'refuses %j, which is no hash of ours',
    async (hash) => {
      await expect(fitsPassphrase('open sesame', hash)).rejects.toThrow(RangeError);
    },
  );
});
