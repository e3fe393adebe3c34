import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IntegrationApp, startIntegrationApp } from '../../../../test/integration-app.ts';
import { VitalsCounter } from '../../../vitals/vitals-counter.ts';

let subject: IntegrationApp;
beforeAll(async () => {
  subject = await startIntegrationApp();
});
afterAll(() => subject.close());

const release = 'Ab3dEf6h';
const report = (body: unknown) =>
  fetch(`${subject.origin}/api/vitals`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const look = (vitals: object[], more: object = {}) => report({ app: 'admin', release, vitals, ...more });

async function histogram(metric: string, labels: string): Promise<Record<string, number>> {
  const text = await (await fetch(`${subject.origin}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(`${metric}_bucket{`) && line.includes(labels));
  return Object.fromEntries(
    lines.map((line) => [/le="([^"]+)"/.exec(line)?.[1] ?? '', Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

describe('how fast a page was', () => {
  it('is counted by page and release, in spans, and nothing is told of who sent it', async () => {
    const answer = await look([
      { name: 'LCP', value: 2_400, route: '/videos' },
      { name: 'INP', value: 200, route: '/videos/:id' },
      { name: 'CLS', value: 0, route: '/videos' },
    ]);
    expect(answer.status).toBe(204);
    const labels = `app="admin",route="/videos",release="${release}"`;
    expect(await histogram('mm_web_vitals_lcp_seconds', labels)).toMatchObject({ 2: 0, 2.5: 1, '+Inf': 1 });
    const other = `route="/videos/:id",release="${release}"`;
    expect(await histogram('mm_web_vitals_inp_seconds', other)).toMatchObject({ 0.16: 0, 0.2: 1 });
    expect(await histogram('mm_web_vitals_cls_score', labels)).toMatchObject({ 0.005: 1 });
    expect(subject.log()).not.toContain('2400');
  });

  it('of a page that nobody knows is refused by its field, as is what no page takes', async () => {
    const fields = async (vital: object, more: object = {}) => {
      const answer = await look([{ name: 'LCP', value: 1, route: '/', ...vital }], more);
      const { code, errors } = (await answer.json()) as { code: string; errors: { pointer: string }[] };
      return [answer.status, code, ...errors.map(({ pointer }) => pointer)];
    };
    expect(await fields({ route: '/videos/0193f0c2' })).toEqual([422, 'request.invalid', '#/vitals/0/route']);
    expect(await fields({ route: '/s/:publicId' })).toEqual([422, 'request.invalid', '#/vitals/0/route']);
    expect(await fields({ name: 'FID' })).toEqual([422, 'request.invalid', '#/vitals/0/name']);
    expect(await fields({ value: -1 })).toEqual([422, 'request.invalid', '#/vitals/0/value']);
    expect(await fields({ value: 600_001 })).toEqual([422, 'request.invalid', '#/vitals/0/value']);
    expect(await fields({}, { release: 'my release' })).toEqual([422, 'request.invalid', '#/release']);
    expect(await fields({}, { app: 'player' })).toEqual([422, 'request.invalid', '#/app']);
    expect(await fields({}, { vitals: [] })).toEqual([422, 'request.invalid', '#/vitals']);
  });

  it('is not read when it is long', async () => {
    expect((await look([{ name: 'LCP', value: 1, route: '/', more: 'x'.repeat(2_000) }])).status).toBe(413);
  });

  it('is told apart for six releases, and together for all others, so that nobody can fill the metrics', async () => {
    for (let n = 0; n < 9; n += 1) {
      const vitals = [{ name: 'CLS', value: 0.2, route: '/s/:publicId' }];
      expect((await report({ app: 'viewer', release: `release${n}`, vitals })).status).toBe(204);
    }
    const counts = await Promise.all(
      ['release0', 'release5', 'release6', 'other'].map((name) =>
        histogram('mm_web_vitals_cls_score', `app="viewer",route="/s/:publicId",release="${name}"`),
      ),
    );
    expect(counts.map((each) => each['+Inf'])).toEqual([1, 1, undefined, 3]);
  });
});

describe('the counters of the database', () => {
  it('have every report once, and tell what three quarters do not exceed', async () => {
    const errors: unknown[] = [];
    const counter = new VitalsCounter(subject.app.database, (error) => errors.push(error), 60_000);
    const page = { app: 'viewer', route: '/s/:publicId', release: 'counted1' } as const;
    // Three of four are within 1.5 s; of the shifts, two of three within 0.1.
    for (const value of [900, 1_400, 1_500, 9_000]) counter.count({ ...page, name: 'LCP', value });
    await counter.close();
    for (const value of [0.1, 0.02, 0.3]) counter.count({ ...page, name: 'CLS', value });
    await counter.close();
    expect(errors).toEqual([]);
    const answer = await subject.app.database.pool
      .query(`select metric, at_most::float8, reports::integer from app.web_vitals where false`)
      .catch((error: Error) => error.message);
    expect(answer).toContain('permission denied');
    const { rows } = await subject.database.admin.query(
      `select lcp_ms, lcp_reports::integer, inp_ms, inp_reports::integer, cls::float8, cls_reports::integer
       from api.web_vitals() where release = 'counted1'`,
    );
    expect(rows).toEqual([{ lcp_ms: 1_500, lcp_reports: 4, inp_ms: null, inp_reports: 0, cls: 0.5, cls_reports: 3 }]);
  });
});
