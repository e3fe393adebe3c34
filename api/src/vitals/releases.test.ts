import { expect, it } from 'vitest';
import { KnownReleases, releaseIn } from './releases.ts';

it('the release of a page is the hash in the name of its main script', () => {
  expect(releaseIn('<script type="module" crossorigin src="/admin/assets/index-B-pS2dJ_.js"></script>')).toBe(
    'B-pS2dJ_',
  );
  expect(releaseIn('<script type="module" src="/src/main.tsx"></script>')).toBeUndefined();
});

it('six releases of each app are told apart, and what comes after them is counted together', () => {
  const releases = new KnownReleases();
  const names = (app: 'admin' | 'viewer') => [1, 2, 3, 4, 5, 6, 7, 1].map((n) => releases.nameOf(app, `release${n}`));
  const told = ['release1', 'release2', 'release3', 'release4', 'release5', 'release6', 'other', 'release1'];
  expect(names('admin')).toEqual(told);
  expect(names('viewer')).toEqual(told);
});

it('the release that is served has its place, whatever came before', () => {
  const releases = new KnownReleases();
  for (let n = 0; n < 9; n += 1) releases.nameOf('viewer', `forged-${n}`);
  releases.expect('viewer', 'B-pS2dJ_');
  expect(releases.nameOf('viewer', 'B-pS2dJ_')).toBe('B-pS2dJ_');
});
