import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type IntegrationApp, type PersonName, startIntegrationApp } from '../../../../test/integration-app.ts';

type Told = { event: string; id: number; data: Record<string, unknown> };

let subject: IntegrationApp;
const open: AbortController[] = [];

beforeAll(async () => {
  subject = await startIntegrationApp();
});
// After a stream was given up, fetch opens a connection in its place and says nothing on it: that does not hold the end up either.
afterAll(() => subject.close());
afterEach(async () => {
  for (const each of open.splice(0)) each.abort();
  await expect.poll(() => subject.app.live.size).toBe(0);
});

/** A reader of the stream as a browser is one, which remembers all it was told. */
async function follow(who: PersonName | { token: string }, headers: Record<string, string> = {}) {
  const authorization =
    typeof who === 'string' ? (await subject.authorization(who)).authorization : `Bearer ${who.token}`;
  const request = new AbortController();
  open.push(request);
  const response = await fetch(`${subject.origin}/api/live`, {
    headers: { authorization, ...headers },
    signal: request.signal,
  });
  const told: Told[] = [];
  let ended = false;
  const read = async () => {
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
        told.push({ event: field('event'), id: Number(field('id')), data: JSON.parse(field('data')) });
      }
    }
  };
  if (response.ok) {
    void read()
      .catch(() => undefined)
      .finally(() => {
        ended = true;
      });
  }
  const changes = () => told.filter(({ event }) => event === 'change').map(({ data }) => data);
  return {
    response,
    told,
    changes,
    hasEnded: () => ended,
    close: () => request.abort(),
    until: async (event: string) => {
      await expect.poll(() => told.map((each) => each.event), { timeout: 20_000 }).toContain(event);
      return told.find((each) => each.event === event) as Told;
    },
    /** Resolves when it was told of this row; what was announced before it has been told by then. */
    untilTold: (id: string) =>
      expect.poll(() => changes().flatMap(({ ids }) => ids as string[]), { timeout: 10_000 }).toContain(id),
  };
}

async function addVideo(coach: 'amelia' | 'ben', count = 1): Promise<string[]> {
  const { rows } = await subject.database.admin.query<{ id: string }>(
    `insert into app.videos (coach_id, title, status)
     select p.id, 'Video', 'ready' from app.profiles p, generate_series(1, $2) where p.subject like 'user_' || $1 || '%' returning id`,
    [coach, count],
  );
  return rows.map(({ id }) => id);
}

const one = async (coach: 'amelia' | 'ben') => String((await addVideo(coach))[0]);

describe('who follows changes', () => {
  it('is told of a row that is theirs, new and changed, and of nobody else’s', async () => {
    const [amelia, ben, admin] = await Promise.all([follow('amelia'), follow('ben'), follow('priya')]);
    expect(amelia.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(amelia.response.headers.get('cache-control')).toBe('no-store');
    expect((await amelia.until('ready')).data).toEqual({ resources: ['videos', 'share_tokens', 'playback_cuts'] });
    await Promise.all([ben.until('ready'), admin.until('ready')]);
    const hers = await one('amelia');
    await Promise.all([amelia.untilTold(hers), admin.untilTold(hers)]);
    await subject.database.admin.query(`update app.videos set title = 'Renamed' where id = $1`, [hers]);
    const his = await one('ben');
    await Promise.all([ben.untilTold(his), admin.untilTold(his)]);
    expect(amelia.changes()).toEqual([
      { resource: 'videos', type: 'created', ids: [hers] },
      { resource: 'videos', type: 'updated', ids: [hers] },
    ]);
    expect(ben.changes()).toEqual([{ resource: 'videos', type: 'created', ids: [his] }]);
    expect(JSON.stringify(ben.told)).not.toContain(hers);
  });

  it('is told of uploads as an operator, of no video, and of webhook events only when somebody has to look', async () => {
    const operator = await follow('tomas');
    expect((await operator.until('ready')).data).toEqual({ resources: ['upload_progress', 'webhook_events'] });
    const addEvent = async (state: string) => {
      const { rows } = await subject.database.admin.query<{ id: string }>(
        `insert into app.webhook_events (provider, event_id, type, body, signed_at, state) values ('mux', $1, 'video.asset.ready', '{}', now(), $2)
         returning id`,
        [randomUUID(), state],
      );
      return String(rows[0]?.id);
    };
    await one('amelia');
    await addEvent('received');
    const dead = await addEvent('dead');
    await operator.untilTold(dead);
    expect(operator.changes()).toEqual([{ resource: 'webhook_events', type: 'created', ids: [dead] }]);
  });

  it('is told that a row is gone from what they see only when they had been told of it', async () => {
    const [amelia, ben] = await Promise.all([follow('amelia'), follow('ben')]);
    await Promise.all([amelia.until('ready'), ben.until('ready')]);
    const [seen, unseen] = [await one('amelia'), await one('ben')];
    await amelia.untilTold(seen);
    await subject.database.admin.query('alter table app.videos disable trigger tg_videos__keep');
    await subject.database.admin.query(
      `update app.videos v set coach_id = p.id from app.profiles p
       where v.id = any ($1) and p.subject = case v.id when $2 then 'user_ben_okafor' else 'user_amelia_hart' end`,
      [[seen, unseen], seen],
    );
    await subject.database.admin.query('alter table app.videos enable trigger tg_videos__keep');
    await Promise.all([amelia.untilTold(unseen), ben.untilTold(seen)]);
    expect(amelia.changes().at(-1)).toEqual({ resource: 'videos', type: 'deleted', ids: [seen] });
    expect(ben.changes().at(-1)).toEqual({ resource: 'videos', type: 'deleted', ids: [unseen] });
  });

  it('is told of very many rows at once without their keys, and who sees none of them is told nothing', async () => {
    const [amelia, ben] = await Promise.all([follow('amelia'), follow('ben')]);
    await Promise.all([amelia.until('ready'), ben.until('ready')]);
    await addVideo('amelia', 450);
    await expect.poll(() => amelia.changes()).toContainEqual({ resource: 'videos', type: '*' });
    await ben.untilTold(await one('ben'));
    expect(ben.changes()).toHaveLength(1);
  });
});

describe('a change that is rolled back', () => {
  it('is told to nobody', async () => {
    const amelia = await follow('amelia');
    await amelia.until('ready');
    const client = await subject.database.admin.connect();
    await client.query('begin');
    await client.query(`update app.videos set title = 'Never'`);
    await client.query('rollback');
    client.release();
    const next = await one('amelia');
    await amelia.untilTold(next);
    expect(amelia.changes()).toEqual([{ resource: 'videos', type: 'created', ids: [next] }]);
  });
});

describe('a stream ends', () => {
  it('with its token, and the next one goes on where it ended', async () => {
    const keeper = await follow('priya');
    await keeper.until('ready');
    const exp = Math.floor(Date.now() / 1000) + 5;
    const token = await subject.issuer.token({ claims: { azp: subject.config.http.publicUrl, exp } });
    const short = await follow({ token });
    const end = await short.until('end');
    expect(end.data).toEqual({ reason: 'renew' });
    await expect.poll(short.hasEnded).toBe(true);
    const missed = await one('amelia');
    await keeper.untilTold(missed);
    const next = await follow('amelia', { 'last-event-id': String(end.id) });
    await next.untilTold(missed);
    expect(next.told.map(({ event }) => event)).not.toContain('stale');
  });

  it('and who was away for longer than is remembered reads everything again', async () => {
    const keeper = await follow('priya');
    await keeper.until('ready');
    const long = await follow('amelia', { 'last-event-id': String(Date.now() - 3_600_000) });
    await long.until('stale');
  });

  it('when the session is denied, though nothing changes', { timeout: 40_000 }, async () => {
    const { database } = subject;
    const token = await subject.issuer.token({ claims: { azp: subject.config.http.publicUrl, sid: 'sess_denied' } });
    const amelia = await follow({ token });
    await amelia.until('ready');
    await database.admin.query(
      `insert into authz.sessions (id, profile_id, denied_at, denied_by, deny_reason)
       select 'sess_denied', id, now(), id, 'For the test' from app.profiles where subject = 'user_amelia_hart'`,
    );
    expect((await amelia.until('end')).data).toEqual({ reason: 'signed_out' });
    await expect.poll(amelia.hasEnded).toBe(true);
    expect((await follow({ token })).response.status).toBe(401);
  });

  it('before anything is told to somebody who was suspended', async () => {
    const ben = await follow('ben');
    await ben.until('ready');
    await subject.database.admin.query(
      `update app.profiles set suspended_at = now() where subject = 'user_ben_okafor'`,
    );
    await one('ben');
    expect((await ben.until('end')).data).toEqual({ reason: 'signed_out' });
    expect(ben.changes()).toEqual([]);
    await subject.database.admin.query(`update app.profiles set suspended_at = null where subject = 'user_ben_okafor'`);
  });
});

describe('where nothing is heard', () => {
  it('everybody is told that their lists may be stale, and is told of changes again afterwards', async () => {
    const amelia = await follow('amelia');
    await amelia.until('ready');
    amelia.told.length = 0;
    const { rows } = await subject.database.admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ~* '^listen mm_changes|^select 1$'
         and usename = 'mm_service'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    await amelia.until('stale');
    await amelia.untilTold(await one('amelia'));
  });
});

describe('the door', () => {
  it('is closed without a token and with a bad one; the token is never part of the address', async () => {
    expect((await fetch(`${subject.origin}/api/live`)).status).toBe(401);
    const { authorization } = await subject.authorization('amelia');
    expect((await fetch(`${subject.origin}/api/live?access_token=${authorization.slice(7)}`)).status).toBe(401);
    expect((await follow({ token: await subject.issuer.forgedToken() })).response.status).toBe(401);
  });

  it.each(['x', '-1', '1e3', '9'.repeat(16)])('does not understand the event id “%s”', async (id) => {
    const { response } = await follow('amelia', { 'last-event-id': id });
    expect(response.status).toBe(422);
  });

  it('lets six streams of a person in, and the seventh when one has gone', async () => {
    const streams = await Promise.all(Array.from({ length: 8 }, () => follow('amelia')));
    expect(streams.map(({ response }) => response.status).sort()).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
    const refused = streams.find(({ response }) => response.status === 429);
    expect(await refused?.response.json()).toMatchObject({ code: 'live.too_many' });
    expect(refused?.response.headers.get('retry-after')).toBe('30');
    expect((await follow('ben')).response.status).toBe(200);
    streams.find(({ response }) => response.ok)?.close();
    await expect.poll(async () => (await follow('amelia')).response.status).toBe(200);
  });

  it('listens only while somebody follows', async () => {
    const listening = async () => {
      const { rows } = await subject.database.admin.query(
        `select from pg_stat_activity where datname = current_database() and usename = 'mm_service' and query = 'listen mm_changes'`,
      );
      return rows.length;
    };
    await expect.poll(listening).toBe(0);
    const amelia = await follow('amelia');
    await amelia.until('ready');
    expect(await listening()).toBe(1);
    amelia.close();
    await expect.poll(listening).toBe(0);
  });
});

it('the end of the server ends the streams, and does not wait for them', async () => {
  const other = await startIntegrationApp();
  const response = await fetch(`${other.origin}/api/live`, { headers: await other.authorization('amelia') });
  const reading = response.text();
  await other.close();
  expect(await reading).toContain('event: end');
});
