import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenShare, givenVideo, rewriteHistory } from '../../../test/fixtures.ts';
import { type IntegrationApp, startIntegrationApp } from '../../../test/integration-app.ts';
import { type Answer, ShareDoor } from '../../../test/share-door.ts';

let subject: IntegrationApp;
let door: ShareDoor;
beforeAll(async () => {
  subject = await startIntegrationApp();
  door = new ShareDoor(subject, await givenVideo(subject.database));
});
afterAll(() => subject.close());

const dead: Record<string, string> = {
  expired: `expires_at = now() - interval '1 hour', created_at = now() - interval '169 hours'`,
  revoked: `revoked_at = now(), revoked_by = created_by, revoke_reason = 'Wrong person'`,
  'not started': `starts_at = now() + interval '1 hour', expires_at = now() + interval '50 hours'`,
};

/** A link that asks for a passphrase and is for Ann alone, with one view that has been claimed when it is `usedUp`. */
async function givenLink(set?: string, usedUp = false): Promise<GivenShare> {
  const link = await door.givenRecipientLink('ann@club.example');
  const hashed = await door.givenPassphraseLink('open sesame');
  await rewriteHistory(
    subject.database,
    `update app.share_tokens t set has_passphrase = true, passphrase_hash = h.passphrase_hash
     from app.share_tokens h where t.id = $1 and h.id = $2`,
    [link.id, hashed.id],
  );
  if (set !== undefined) {
    await rewriteHistory(subject.database, `update app.share_tokens set ${set} where id = $1`, [link.id]);
  }
  if (usedUp) {
    await rewriteHistory(
      subject.database,
      `with view as (insert into app.share_views (share_token_id, view_no, session_id, coach_id)
                     select id, 1, uuidv7(), coach_id from app.share_tokens where id = $1)
       update app.share_tokens set max_views = 1 where id = $1`,
      [link.id],
    );
  }
  return link;
}

const asked: Record<string, (link: { publicId: string; secret: string }) => Promise<Answer>> = {
  'the link': (link) => door.resolve(link),
  'the passphrase': (link) => door.passphrase(link, 'open sesame'),
  'a code': (link) => door.askCode(link, 'ann@club.example'),
  'the code': (link) => door.tryCode(link, 'ann@club.example', '123456'),
};

describe.each(Object.entries(asked))('asking for %s', (_what, ask) => {
  it('is answered alike for unknown, wrong, expired, revoked, not started and used up: status, headers and body', async () => {
    const good = await givenLink();
    const cases: Record<string, { publicId: string; secret: string }> = {
      'wrong secret': { ...good, secret: 'x'.repeat(43) },
      'used up': await givenLink(undefined, true),
      'secret of another link': { ...good, secret: (await givenLink()).secret },
      'malformed secret': { ...good, secret: 'short' },
      'malformed id': { ...good, publicId: 'not-an-id' },
    };
    for (const [name, set] of Object.entries(dead)) {
      cases[name] = await givenLink(set);
    }
    const comparable = ({ status, headers: { date: _date, ...headers }, text }: Answer) => ({ status, headers, text });
    const reference = await ask({ publicId: '000000000000', secret: 'x'.repeat(43) });
    expect({ status: reference.status, code: reference.body.code }).toEqual({ status: 403, code: 'share.unavailable' });
    for (const [name, link] of Object.entries(cases)) {
      expect({ name, ...comparable(await ask(link)) }).toEqual({ name, ...comparable(reference) });
    }
    // The good link is answered otherwise: what is compared above is no accident.
    expect((await ask(good)).body.code).not.toBe('share.unavailable');
  });

  it('takes the same time for unknown, wrong, expired and revoked: the medians are within what two unknown links differ by, and a little', async () => {
    const links = {
      unknown: { publicId: '000000000000', secret: 'x'.repeat(43) },
      'unknown too': { publicId: '000000000001', secret: 'y'.repeat(43) },
      wrong: { ...(await givenLink()), secret: 'x'.repeat(43) },
      expired: await givenLink(dead.expired),
      revoked: await givenLink(dead.revoked),
      'used up': await givenLink(undefined, true),
    };
    const times = new Map<string, number[]>(Object.keys(links).map((name) => [name, []]));
    // In turns, so that whatever the machine does beside meets all of them alike; the first rounds warm up.
    for (let round = 0; round < 45; round += 1) {
      for (const [name, link] of Object.entries(links)) {
        const begun = performance.now();
        await ask(link);
        if (round >= 5) {
          times.get(name)?.push(performance.now() - begun);
        }
      }
    }
    const median = (name: string): number => [...(times.get(name) ?? [])].sort((a, b) => a - b)[20] ?? Number.NaN;
    const unknown = median('unknown');
    const noise = Math.abs(unknown - median('unknown too'));
    for (const name of Object.keys(links)) {
      // An argon2 hash takes 20 ms and more, a second statement a millisecond: neither may show.
      expect(Math.abs(median(name) - unknown), `${name}: ${median(name)} ms, unknown ${unknown} ms`).toBeLessThan(
        Math.max(3, unknown * 0.5) + noise,
      );
    }
  }, 60_000);
});
