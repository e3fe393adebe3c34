import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type IntegrationApp, startIntegrationApp } from '../../../test/integration-app.ts';

let subject: IntegrationApp;
let noticeId: string;
beforeAll(async () => {
  subject = await startIntegrationApp();
  const { rows } = await subject.database.admin.query<{ id: string }>(`select (app.current_notice('AU')).id`);
  noticeId = rows[0]?.id ?? '';
});
beforeEach(() => subject.database.admin.query('delete from app.consents'));
afterAll(() => subject.close());

async function post(path: '' | '/withdraw' | '/export' | '/erase', body: object) {
  const response = await fetch(`${subject.origin}/api/consents${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}
const history = async (browserId: string) => {
  const { body } = await post('/export', { browserId });
  return (body.consents as { action: string; supersededAt: string | null }[]).map(({ action, supersededAt }) => [
    action,
    supersededAt === null,
  ]);
};

describe('what a browser in which nobody is signed in decides about consent', () => {
  it('is on record with what was agreed to, under which notice and when (CO-12)', async () => {
    const browserId = randomUUID();
    const before = Date.now();
    const { status, headers, body } = await post('', { browserId, noticeId, categories: ['analytics'] });
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toEqual({ action: 'given', decidedAt: expect.any(String) });
    expect(Date.parse(String(body.decidedAt))).toBeGreaterThanOrEqual(before - 1_000);
    expect((await post('/export', { browserId })).body).toEqual({
      consents: [
        {
          jurisdiction: 'AU',
          noticeVersion: 1,
          action: 'given',
          categories: ['analytics'],
          decidedAt: body.decidedAt,
          supersededAt: null,
        },
      ],
    });
  });

  it('counts once however often it is sent, and a withdrawal too', async () => {
    const browserId = randomUUID();
    const agree = () => post('', { browserId, noticeId, categories: ['performance', 'analytics'] });
    const [first, ...again] = await Promise.all([agree(), agree(), agree()]);
    for (const answer of again) expect(answer.body).toEqual(first?.body);
    const withdrawn = await post('/withdraw', { browserId });
    expect(withdrawn).toMatchObject({ status: 200, body: { action: 'withdrawn' } });
    expect((await post('/withdraw', { browserId })).body).toEqual(withdrawn.body);
    expect(await history(browserId)).toEqual([
      ['withdrawn', true],
      ['given', false],
    ]);
    const { rows } = await subject.database.admin.query(
      `select e.action from audit.entries e join app.consents c on c.id::text = e.object_id
       where c.browser_id = $1 and e.action in ('consent.given', 'consent.withdrawn') order by e.occurred_at, e.id`,
      [browserId],
    );
    expect(rows.map(({ action }) => action)).toContain('consent.withdrawn');
  });

  it('is changed by the next answer; agreeing to nothing is a refusal', async () => {
    const browserId = randomUUID();
    await post('', { browserId, noticeId, categories: ['analytics'] });
    expect((await post('', { browserId, noticeId, categories: [] })).body).toMatchObject({ action: 'refused' });
    expect(await history(browserId)).toEqual([
      ['refused', true],
      ['given', false],
    ]);
  });

  it('is that browser’s alone, and is erased for it alone', async () => {
    const [mine, others] = [randomUUID(), randomUUID()];
    for (const browserId of [mine, others]) await post('', { browserId, noticeId, categories: ['analytics'] });
    expect(await post('/erase', { browserId: mine })).toMatchObject({ status: 200, body: { erased: 1 } });
    expect((await post('/erase', { browserId: mine })).body).toEqual({ erased: 0 });
    expect(await history(mine)).toEqual([]);
    expect(await history(others)).toEqual([['given', true]]);
  });

  it.each([
    ['a notice that there is not', { noticeId: randomUUID() }, 404, 'consent.notice_not_found'],
    ['no browser', { browserId: undefined }, 422, 'request.invalid'],
    ['a browser that is no id', { browserId: 'this one' }, 422, 'request.invalid'],
    ['a category that there is not', { categories: ['marketing'] }, 422, 'request.invalid'],
    ['a list of lists', { categories: [['analytics']] }, 422, 'request.invalid'],
    ['no categories', { categories: undefined }, 422, 'request.invalid'],
  ])('is refused with %s, and nothing is kept', async (_name, change, status, code) => {
    const browserId = randomUUID();
    const answer = await post('', { browserId, noticeId, categories: ['analytics'], ...change });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await history(browserId)).toEqual([]);
  });

  it('cannot be taken back where nothing was given', async () => {
    const browserId = randomUUID();
    expect(await post('/withdraw', { browserId })).toMatchObject({ status: 409, body: { code: 'consent.none_given' } });
    await post('', { browserId, noticeId, categories: [] });
    expect(await post('/withdraw', { browserId })).toMatchObject({ status: 409, body: { code: 'consent.none_given' } });
  });

  it('is under the limit of what browsers send by themselves, whatever is asked', () => {
    const limited = subject.app.rateLimits.routes.get('reports') ?? [];
    expect([...limited].sort()).toEqual([
      'POST /api/consents',
      'POST /api/consents/erase',
      'POST /api/consents/export',
      'POST /api/consents/withdraw',
    ]);
  });
});
