import { describe, expect, it } from 'vitest';
import { keptInMemory } from './kept-in-memory.fixture.ts';
import { Proofs } from './proofs.ts';

const now = Date.parse('2026-11-20T00:00:00Z');
const later = '2026-11-20T12:00:00Z';
const of = (keeping = keptInMemory(), publicId = 'a1', at = now) => new Proofs(keeping, publicId, () => at);

describe('what a viewer has proved', () => {
  it('survives a reload of the tab, one of each kind, the newest', () => {
    const keeping = keptInMemory();
    const proofs = of(keeping);
    proofs.add('passphrase', { proof: 'old', expiresAt: later });
    proofs.add('passphrase', { proof: 'p', expiresAt: later });
    proofs.add('code', { proof: 'c', expiresAt: later });
    expect(proofs.all.toSorted()).toEqual(['c', 'p']);
    expect(of(keeping).all.toSorted()).toEqual(['c', 'p']);
  });

  it('is no other link’s, and ends with its time', () => {
    const keeping = keptInMemory();
    of(keeping).add('code', { proof: 'c', expiresAt: later });
    expect(of(keeping, 'b2').all).toEqual([]);
    expect(of(keeping, 'a1', Date.parse(later)).all).toEqual([]);
  });

  it('is used though the browser keeps nothing', () => {
    const proofs = of({ ...keptInMemory(), set: () => undefined });
    proofs.add('code', { proof: 'c', expiresAt: later });
    expect(proofs.all).toEqual(['c']);
  });

  it.each(['', '[]', '{"code":7}', '{"code":["c"]}', '{"code":["c","never"]}', 'null'])(
    'is nothing when %s was kept',
    (kept) => {
      expect(of(keptInMemory({ 'mm.proofs.a1': kept })).all).toEqual([]);
    },
  );
});
