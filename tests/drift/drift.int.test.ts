import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomPassword, startPostgres } from '@mm/local';
import { deploy } from '@mm/sql';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { runOnce, urlOf } from '../src/cluster.ts';
import { createTestDatabase, identity, type TestDatabase } from '../src/index.ts';
import { catalogueOf, upgradeStepByStep, withClient } from './databases.ts';
import { driftsToNotice } from './drifts.ts';

const names = {
  fresh: `drift_${randomUUID().replaceAll('-', '')}`,
  upgraded: `drift_${randomUUID().replaceAll('-', '')}`,
};
let urls: { fresh: string; upgraded: string };
let fresh: string[];
let copy: TestDatabase;

function bring(adminUrl: string) {
  const { servicePassword, authenticatorPassword } = inject('cluster');
  return deploy({ adminUrl, identity, servicePassword, authenticatorPassword });
}

beforeAll(async () => {
  const { adminUrl } = inject('cluster');
  urls = { fresh: urlOf(adminUrl, names.fresh), upgraded: urlOf(adminUrl, names.upgraded) };
  for (const name of Object.values(names)) await runOnce(adminUrl, `create database ${name}`);
  await bring(urls.fresh);
  fresh = await catalogueOf(urls.fresh);
  copy = await createTestDatabase();
});
afterAll(async () => {
  await copy?.close();
  for (const name of Object.values(names)) {
    await runOnce(inject('cluster').adminUrl, `drop database if exists ${name} with (force)`);
  }
});

describe('a fresh database equals', () => {
  test('one that was upgraded migration by migration and had other rules at every stop', async () => {
    const steps = await upgradeStepByStep(urls.upgraded);
    expect(steps).toBeGreaterThan(9);
    expect(await catalogueOf(urls.upgraded)).not.toEqual(fresh);
    expect(await bring(urls.upgraded)).toEqual({ migrations: [], repeatablesChanged: true });
    expect(await catalogueOf(urls.upgraded)).toEqual(fresh);
  });

  test('itself after everything repeatable was applied a second time', async () => {
    await withClient(urls.fresh, (client) =>
      client.query(`update deploy.repeatables set checksum = 'of another time' where kind = 'repeatable'`),
    );
    expect(await bring(urls.fresh)).toEqual({ migrations: [], repeatablesChanged: true });
    expect(await catalogueOf(urls.fresh)).toEqual(fresh);
  });

  test('the copies of the template that every other test works in', async () => {
    expect(await catalogueOf(copy.adminUrl)).toEqual(fresh);
  });

  test('one that the administrator of a hosted cluster deployed, who is no superuser', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'mm-tests-drift-'));
    const hosted = await startPostgres({ dataDir, password: randomPassword(), settings: { fsync: 'off' } });
    try {
      const password = randomPassword();
      await runOnce(hosted.adminUrl, `create role keeper login createrole bypassrls password '${password}'`);
      await runOnce(hosted.adminUrl, 'create database product owner keeper');
      await bring(urlOf(hosted.adminUrl, 'product', { user: 'keeper', password }));
      expect(await catalogueOf(urlOf(hosted.adminUrl, 'product'))).toEqual(fresh);
    } finally {
      await hosted.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});

describe('the comparison notices', () => {
  test.each(driftsToNotice)('$what', async ({ statement }) => {
    try {
      await withClient(copy.adminUrl, (client) => client.query(statement));
      expect(await catalogueOf(copy.adminUrl)).not.toEqual(fresh);
    } finally {
      await copy.close();
      copy = await createTestDatabase();
    }
  });
});
