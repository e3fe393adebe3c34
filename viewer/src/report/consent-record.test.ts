import { expect, it } from 'vitest';
import { keptInMemory } from '../lib/kept-in-memory.fixture.ts';
import { chooseMeasure } from './consent.ts';
import { recordChoice } from './consent-record.ts';

const now = Date.parse('2026-11-20T00:00:00Z');

/** A browser, and a server that answers with the statuses given, the last one from then on. */
function setting({
  notice = 'notice-1',
  statuses = [200],
  beforeNotice = () => {},
}: {
  notice?: string | null;
  statuses?: number[];
  beforeNotice?: () => void;
} = {}) {
  const keeping = keptInMemory();
  const sent: { path: string; body: Record<string, unknown> }[] = [];
  const answers = [...statuses];
  const record = () =>
    recordChoice({
      keeping,
      noticeId: async () => {
        beforeNotice();
        return notice;
      },
      fetch: async (url, options) => {
        sent.push({ path: String(url), body: JSON.parse(String(options?.body)) });
        const status = answers.length > 1 ? answers.shift() : answers[0];
        if (status === 0) throw new TypeError('Failed to fetch');
        return new Response('{}', { status: status ?? 200 });
      },
    });
  return { keeping, sent, record };
}

it('an agreement is put on record once, under a random id and the notice that is shown', async () => {
  const { keeping, sent, record } = setting();
  chooseMeasure(keeping, true, now);
  await record();
  await record();
  expect(sent).toEqual([
    {
      path: '/api/consents',
      body: { browserId: expect.stringMatching(/^[0-9a-f-]{36}$/), noticeId: 'notice-1', categories: ['analytics'] },
    },
  ]);
});

it('taken back is put on record under the same id, and so is an agreement after that', async () => {
  const { keeping, sent, record } = setting();
  for (const measure of [true, false, true]) {
    chooseMeasure(keeping, measure, now);
    await record();
  }
  expect(sent.map(({ path }) => path)).toEqual(['/api/consents', '/api/consents/withdraw', '/api/consents']);
  expect(new Set(sent.map(({ body }) => body.browserId)).size).toBe(1);
});

it('a refusal of somebody who has never agreed makes no id and is told to nobody', async () => {
  const { keeping, sent, record } = setting();
  chooseMeasure(keeping, false, now);
  await record();
  expect(sent).toEqual([]);
  expect(keeping.get('mm.consent')).not.toMatch(/browser/);
});

it.each([
  ['cannot be reached', [0, 200]],
  ['is not well', [503, 200]],
  ['has had enough', [429, 200]],
])('is tried again where the server %s, and then no more', async (_name, statuses) => {
  const { keeping, sent, record } = setting({ statuses });
  chooseMeasure(keeping, true, now);
  await record();
  await record();
  await record();
  expect(sent.length).toBe(2);
});

it('without a notice nothing is put on record, since nobody could say to what was agreed', async () => {
  const { keeping, sent, record } = setting({ notice: null });
  chooseMeasure(keeping, true, now);
  await record();
  expect(sent).toEqual([]);
});

it('nothing to take back counts as taken back', async () => {
  const { keeping, sent, record } = setting({ statuses: [500, 409] });
  chooseMeasure(keeping, true, now);
  await record();
  chooseMeasure(keeping, false, now);
  await record();
  await record();
  expect(sent.map(({ path }) => path)).toEqual(['/api/consents', '/api/consents/withdraw']);
});

it('an answer that is changed while the one before is under way is put on record after it', async () => {
  const { keeping, sent, record } = setting({ beforeNotice: () => chooseMeasure(keeping, false, now + 1) });
  chooseMeasure(keeping, true, now);
  await Promise.all([record(), record()]);
  expect(sent.map(({ path }) => path)).toEqual(['/api/consents', '/api/consents/withdraw']);
});
