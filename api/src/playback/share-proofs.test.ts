import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ShareProofs } from './share-proofs.ts';

const key = createSecretKey(randomBytes(32));
const link = { publicId: 'Ab3dEf6hIj9k', secretHash: randomBytes(32) };
const inAnHour = () => new Date(Date.now() + 3_600_000);

describe('proofs', () => {
  it('are read by every process with the same key, and by none with another', async () => {
    const proof = await new ShareProofs(key).issue(link, { kind: 'email', email: 'ann@club.example' }, inAnHour());
    expect(await new ShareProofs(key).read(link, [proof])).toEqual({
      email: 'ann@club.example',
      passphraseVerified: false,
    });
    const other = new ShareProofs(createSecretKey(randomBytes(32)));
    expect(await other.read(link, [proof])).toEqual({ email: null, passphraseVerified: false });
  });

  it('hold neither the secret’s hash nor the id of the link', async () => {
    const proof = await new ShareProofs(key).issue(link, { kind: 'passphrase' }, inAnHour());
    const payload = Buffer.from(proof.split('.')[1] ?? '', 'base64url').toString();
    expect(payload).not.toContain(link.publicId);
    expect(payload).not.toContain(link.secretHash.toString('base64url'));
    expect(Object.keys(JSON.parse(payload) as object).sort()).toEqual(['exp', 'kind', 'link']);
  });

  it('die in the second in which the proof of SQL ends, not after', async () => {
    const end = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 60_999);
    const proof = await new ShareProofs(key).issue(link, { kind: 'passphrase' }, end);
    const { exp } = JSON.parse(Buffer.from(proof.split('.')[1] ?? '', 'base64url').toString()) as { exp: number };
    expect(exp * 1_000).toBe(end.getTime() - 999);
  });
});

describe('codes', () => {
  it('have six digits, leading zeros among them, and are the same for whoever has the key', () => {
    const ids = Array.from({ length: 3_000 }, () => randomUUID());
    const codes = ids.map((id) => new ShareProofs(key).codeOf(id));
    expect(codes.filter((code) => !/^\d{6}$/.test(code))).toEqual([]);
    expect(codes.some((code) => code.startsWith('0'))).toBe(true);
    expect(new Set(codes).size).toBeGreaterThan(2_900);
    expect(ids.map((id) => new ShareProofs(key).codeOf(id))).toEqual(codes);
    const other = new ShareProofs(createSecretKey(randomBytes(32)));
    expect(ids.filter((id, i) => other.codeOf(id) === codes[i]).length).toBeLessThan(10);
  });

  it('are compared by hashes that differ by link, address and code', () => {
    const proofs = new ShareProofs(key);
    const hashes = [
      proofs.codeHashOf(link, 'ann@club.example', '123456'),
      proofs.codeHashOf(link, 'ann@club.example', '123457'),
      proofs.codeHashOf(link, 'bob@club.example', '123456'),
      proofs.codeHashOf({ publicId: 'another00000' }, 'ann@club.example', '123456'),
      new ShareProofs(createSecretKey(randomBytes(32))).codeHashOf(link, 'ann@club.example', '123456'),
    ].map((hash) => hash.toString('hex'));
    expect(new Set(hashes).size).toBe(5);
  });
});
