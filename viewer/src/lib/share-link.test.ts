import { describe, expect, it } from 'vitest';
import { readShareLink } from './share-link.ts';

const secret = 'Zk3vT_0aQ-9xLmN4pRs7Uw';
const read = (address: string) => {
  const { pathname, hash } = new URL(address, 'https://videos.example');
  return readShareLink({ pathname, hash });
};

describe('a share link', () => {
  it('is the public id in the path and the secret in the fragment', () => {
    expect(read(`/s/a1B2c3D4e5F6#${secret}`)).toEqual({ publicId: 'a1B2c3D4e5F6', secret });
  });

  it.each(['.', ',', ')', '>', '%20', '&utm_source=mail', '?x=1', '"'])('survives %j put after it', (tail) => {
    expect(read(`/s/a1B2c3D4e5F6#${secret}${tail}`)?.secret).toBe(secret);
  });

  it('may end its path with a slash', () => {
    expect(read(`/s/a1B2c3D4e5F6/#${secret}`)?.publicId).toBe('a1B2c3D4e5F6');
  });

  it.each([
    ['no fragment', '/s/a1B2c3D4e5F6'],
    ['an empty fragment', '/s/a1B2c3D4e5F6#'],
    ['a secret that was cut off', `/s/a1B2c3D4e5F6#${secret.slice(0, 21)}`],
    ['a fragment of other characters', '/s/a1B2c3D4e5F6#!!!'],
    ['no public id', `/s/#${secret}`],
    ['a path below the id', `/s/a1B2c3D4e5F6/more#${secret}`],
  ])('is incomplete with %s', (_what, address) => {
    expect(read(address)).toBeNull();
  });
});
