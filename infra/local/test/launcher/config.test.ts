import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { inheritedEnvironment, REPOSITORY, readLauncherConfig } from '../../src/launcher/config.ts';

test('without settings the data is kept in the checkout and no port is insisted on', () => {
  expect(readLauncherConfig({})).toEqual({ dataDir: join(REPOSITORY, '.data') });
  expect(readLauncherConfig({ PORT: '', DATA_DIR: '' })).toEqual(readLauncherConfig({}));
});

test('PORT and DATA_DIR are taken as given', () => {
  expect(readLauncherConfig({ PORT: '5000', DATA_DIR: 'here/data' })).toMatchObject({
    port: 5000,
    dataDir: resolve('here/data'),
  });
});

test.each(['http', '80', '0', '-1', '65528', '4000.5', '1e4', ' 4000'])('PORT=%s is refused by name', (PORT) => {
  expect(() => readLauncherConfig({ PORT })).toThrow(/^PORT: must be/);
});

test('children inherit no setting that could lead them out of the embedded stack', () => {
  const inherited = inheritedEnvironment({
    PATH: '/bin',
    HOME: '/home/a',
    DATABASE_URL: 'postgres://elsewhere',
    MUX_TOKEN_ID: 'x',
  });
  expect(inherited).toEqual({ PATH: '/bin', HOME: '/home/a' });
});
