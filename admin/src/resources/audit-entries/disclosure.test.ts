import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Disclosure, disclosed, hashedText, isCommitted } from './disclosure.ts';

const salt = '5a'.repeat(32);
/** As audit.tg_record() commits: sha256(salt || the value's JSON text). */
const commit = (json: string) => createHash('sha256').update(Buffer.from(salt, 'hex')).update(json).digest('hex');
const title: Disclosure = { side: 'after', field: 'title', value: 'Kick "drill"\nÜbung', salt };

describe('a disclosed value', () => {
  it('is proved by its salt, and no other value is', async () => {
    const commitment = commit('"Kick \\"drill\\"\\nÜbung"');
    expect(await isCommitted(title, commitment)).toBe(true);
    expect(await isCommitted({ ...title, value: 'Kick drill' }, commitment)).toBe(false);
    expect(await isCommitted({ ...title, salt: '5b'.repeat(32) }, commitment)).toBe(false);
  });

  it('is not judged here when a browser cannot know the text that was hashed', async () => {
    expect(await isCommitted({ ...title, value: { digits: 1 } }, commit('{"digits": 1.0}'))).toBeUndefined();
    expect(await isCommitted({ ...title, salt: 'no hex' }, commit('"x"'))).toBeUndefined();
    expect(hashedText(['a', 'b'])).toBeUndefined();
  });

  it('is found by its side and field; what is not there was erased', () => {
    expect(disclosed([title], 'after', 'title')).toBe(title);
    expect(disclosed([title], 'before', 'title')).toBeUndefined();
    expect(disclosed([title], 'after', 'description')).toBeUndefined();
  });
});
