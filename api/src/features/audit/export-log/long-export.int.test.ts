import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rewriteHistory } from '../../../../test/fixtures.ts';
import { type IntegrationApp, type PersonName, startIntegrationApp } from '../../../../test/integration-app.ts';
import { sealEntries, signLog } from '../../../../test/signed-log.ts';

let subject: IntegrationApp;
beforeAll(async () => {
  subject = await startIntegrationApp();
});
afterAll(() => subject.close());

async function ask(person: PersonName, query = '') {
  const response = await fetch(`${subject.origin}/api/audit/export${query}`, {
    headers: await subject.authorization(person),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that this process, which is api and reader in one, holds on to. */
function heldBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Whether a transaction of an export is open on the server. */
const openExports = async () => {
  const { rows } = await subject.database.admin.query(
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and usename = 'mm_service' and xact_start is not null`,
  );
  return rows[0]?.count;
};

describe('a long export', () => {
  const count = 200_000;
  const headersOnly = async (person: PersonName): Promise<IncomingMessage> => {
    const request = get(`${subject.origin}/api/audit/export`, { headers: await subject.authorization(person) });
    const [response] = await once(request, 'response');
    return response as IncomingMessage;
  };

  beforeAll(async () => {
    await sealEntries(subject.database, count, 4_096, 'x'.repeat(600));
    await signLog(subject.database);
  }, 180_000);

  it('holds on to no more than a few pages of it, and is whole', async () => {
    const response = await headersOnly('priya');
    const before = heldBytes();
    let [bytes, peak, looks, tail] = [0, 0, 0, ''];
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      tail = chunk.subarray(-400).toString();
      if (bytes > (looks + 1) * 10_000_000) {
        looks += 1;
        peak = Math.max(peak, heldBytes());
      }
    }
    expect(bytes).toBeGreaterThan(200_000_000);
    expect(looks).toBeGreaterThan(15);
    expect(peak - before).toBeLessThan(100_000_000);
    expect(JSON.parse(tail.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ type: 'end', entries: count });
  }, 120_000);

  it('waits for a reader who stops reading, and ends its query when they go away', async () => {
    const response = await headersOnly('priya');
    response.pause();
    await expect
      .poll(
        async () => {
          const { rows } = await subject.database.admin.query(
            `select count(*)::int as count from pg_stat_activity
             where datname = current_database() and usename = 'mm_service' and state = 'idle in transaction'
               and state_change < clock_timestamp() - interval '1 second'`,
          );
          return rows[0]?.count;
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    response.destroy();
    await expect.poll(openExports, { timeout: 20_000 }).toBe(0);
    expect((await ask('grace', '?object_id=7')).status).toBe(200);
  });

  it('is made for two readers at once; a third is told when to come again', async () => {
    await expect.poll(openExports, { timeout: 20_000 }).toBe(0);
    const readers = await Promise.all([headersOnly('priya'), headersOnly('helen')]);
    const third = await ask('grace');
    expect(third.status).toBe(503);
    expect(third.headers.get('retry-after')).toBe('15');
    for (const reader of readers) reader.destroy();
    await expect.poll(openExports, { timeout: 20_000 }).toBe(0);
    expect((await ask('grace', '?object_id=7')).status).toBe(200);
  });

  it('that fails in the middle breaks off: no end, and no whole answer', async () => {
    await rewriteHistory(subject.database, 'delete from audit.leaves where batch_no = 10 and leaf_index = 5', []);
    const response = await headersOnly('priya');
    let text = '';
    const reading = async () => {
      for await (const chunk of response as AsyncIterable<Buffer>) text = (text + chunk.toString()).slice(-10_000);
    };
    await expect(reading()).rejects.toThrow('aborted');
    expect(response.complete).toBe(false);
    expect(text).not.toContain('"type":"end"');
    await expect.poll(openExports, { timeout: 20_000 }).toBe(0);
    expect(subject.log()).toContain('an export of the audit log broke off');
    expect(subject.log()).toContain('Batch 10 of the audit log has 4095 leaves of 4096');
  }, 60_000);
});
