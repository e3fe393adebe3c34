import { statSync } from 'node:fs';
import { join } from 'node:path';
import Mux from '@mux/mux-node';
import { expect, onTestFinished, test } from 'vitest';
import { ensureSigningKey } from '../../src/launcher/signing-key.ts';
import { startMuxDouble } from '../../src/mux/index.ts';
import { temporaryFolder } from './processes.ts';

test('the signing key is created once, kept for its owner only, and replaced when Mux no longer knows it', async () => {
  const credentials = { tokenId: 'id', tokenSecret: 'secret' };
  const double = await startMuxDouble({ dataDir: temporaryFolder(), ...credentials });
  onTestFinished(() => double.close());
  const folder = temporaryFolder();
  const mux = { url: double.url, ...credentials };

  const key = await ensureSigningKey(folder, mux);
  expect(Buffer.from(key.privateKey, 'base64').toString()).toMatch(/^-----BEGIN (RSA )?PRIVATE KEY-----/);
  expect(await ensureSigningKey(folder, mux)).toEqual(key);
  expect(statSync(join(folder, 'mux-signing-key.json')).mode & 0o777).toBe(0o600);

  await new Mux({ baseURL: double.url, ...credentials }).system.signingKeys.delete(key.id);
  const next = await ensureSigningKey(folder, mux);
  expect(next.id).not.toBe(key.id);
  expect(await ensureSigningKey(folder, mux)).toEqual(next);
});
