import { measuredRoutes } from '@mm/api/contract';
import { expect, it } from 'vitest';
import { places } from '../config/resources.tsx';
import { routeOf, Visits } from './routes.ts';

it('every page of the back office is measured, and by no other name', () => {
  const paths = places.flatMap(({ path, hasShow }) => [path, ...(hasShow ? [`${path}/:id`] : [])]);
  expect([...paths, '/sign-in'].toSorted()).toEqual([...measuredRoutes.admin].toSorted());
});

it.each([
  ['/admin/', '/'],
  ['/admin', '/'],
  ['/admin/videos', '/videos'],
  ['/admin/videos/0193f0c2-7000-7000-8000-000000000000', '/videos/:id'],
  ['/admin/sign-in', '/sign-in'],
  ['/admin/videos/1/2', undefined],
  ['/admin/nowhere', undefined],
  ['/videos', undefined],
])('%s is the page %s', (path, route) => {
  expect(routeOf(path)).toBe(route);
});

it('what was measured belongs to the page of its moment', () => {
  const visits = new Visits('/admin/videos');
  visits.add(5_000, '/admin/videos/1');
  visits.add(9_000, '/admin/nowhere');
  expect([0, 4_999, 5_000, 9_000].map((at) => visits.routeAt(at))).toEqual([
    '/videos',
    '/videos',
    '/videos/:id',
    undefined,
  ]);
});
