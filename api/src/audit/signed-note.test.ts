import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkpointText, openCheckpoint, timeText } from './checkpoint.ts';
import { openNote, parseVerifierKey, signNote, verifierKeyOf } from './signed-note.ts';

const name = 'videos.example.com/audit';
const { privateKey } = generateKeyPairSync('ed25519');
const key = verifierKeyOf(name, privateKey);
const other = verifierKeyOf(name, generateKeyPairSync('ed25519').privateKey);

const checkpoint = {
  origin: name,
  size: 12,
  root: createHash('sha256').update('root').digest(),
  entries: 345,
  time: timeText(new Date('2026-11-21T04:05:06.789Z')),
};

describe('a verifier key', () => {
  it('is that of the key and the note of the C2SP specification', () => {
    // RFC 8032, section 7.1, test 1: a key whose halves are both known.
    const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
    const pkcs8 = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex');
    const known = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    const publicHalf = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex');
    const id = createHash('sha256')
      .update(Buffer.concat([Buffer.from(`${name}\n\u0001`), publicHalf]))
      .digest('hex');
    const encoded = Buffer.concat([Buffer.of(1), publicHalf]).toString('base64');
    expect(verifierKeyOf(name, known).text).toBe(`${name}+${id.slice(0, 8)}+${encoded}`);
  });

  it('is read back, and refused when name, id or key do not belong together', () => {
    expect(parseVerifierKey(key.text)?.text).toBe(key.text);
    for (const wrong of ['', key.text.slice(1), key.text.replace(/\+.{8}\+/, '+00000000+'), `${key.text}=`, 'a+b+c']) {
      expect(parseVerifierKey(wrong), wrong).toBeUndefined();
    }
  });
});

describe('a signed note', () => {
  const note = signNote('first line\nsecond line\n', name, privateKey);

  it('ends in one line with the name and the signature under the key’s id', () => {
    const [, encoded] =
      /^first line\nsecond line\n\n\u2014 videos\.example\.com\/audit ([A-Za-z0-9+/]+=*)\n$/.exec(note) ?? [];
    expect(Buffer.from(encoded ?? '', 'base64')).toHaveLength(68);
    expect(Buffer.from(encoded ?? '', 'base64').subarray(0, 4)).toEqual(key.id);
  });

  it('is opened by its key, among others, and by no other', () => {
    expect(openNote(note, [other, key])).toEqual({ text: 'first line\nsecond line\n', key });
    expect(openNote(note, [other])).toBeUndefined();
    expect(openNote(note, [])).toBeUndefined();
  });

  it('is not opened when any byte of it is another', () => {
    const bytes = Buffer.from(note);
    for (let i = 0; i < bytes.length; i += 1) {
      const changed = Buffer.from(bytes.map((byte, at) => (at === i ? byte ^ 1 : byte))).toString('utf8');
      expect(openNote(changed, [key]), `byte ${i}`).toBeUndefined();
    }
    expect(openNote(note.trimEnd(), [key])).toBeUndefined();
    expect(openNote(`${note}\n`, [key])).toBeUndefined();
  });
});

describe('a checkpoint', () => {
  it('is written as the reference says, and read back', () => {
    const text = checkpointText(checkpoint);
    expect(text).toBe(
      `${name}\n12\n${checkpoint.root.toString('base64')}\nentries 345\ntime 2026-11-21T04:05:06.789000Z\n`,
    );
    const note = signNote(text, name, privateKey);
    expect(openCheckpoint(note, [key])).toEqual({ ...checkpoint, note, key });
  });

  it.each([
    ['of another origin', { origin: 'another.example.com/audit' }],
    ['of no batches', { size: 0 }],
    ['with a root of another length', { root: Buffer.alloc(20) }],
  ])('%s is none, however well it is signed', (_what, change) => {
    const note = signNote(checkpointText({ ...checkpoint, ...change }), name, privateKey);
    expect(openCheckpoint(note, [key])).toBeUndefined();
  });
});
