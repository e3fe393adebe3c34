import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { givenVideo } from '../../../../test/fixtures.ts';
import { type IntegrationApp, type PersonName, startIntegrationApp } from '../../../../test/integration-app.ts';
import { ShareDoor } from '../../../../test/share-door.ts';
import { fitsPassphrase } from '../../../playback/passphrase.ts';

let subject: IntegrationApp;
beforeAll(async () => {
  subject = await startIntegrationApp();
});
afterAll(() => subject.close());

async function hash(body: unknown, headers: Record<string, string>) {
  const response = await fetch(`${subject.origin}/api/share-passphrases`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the passphrase of a link that is to be made', () => {
  it.each(['amelia', 'priya'] satisfies PersonName[])('is hashed for a coach and an admin (%s)', async (person) => {
    const { status, body } = await hash({ passphrase: 'open sesame' }, await subject.authorization(person));
    expect(status).toBe(200);
    expect(await fitsPassphrase('open sesame', String(body.passphraseHash))).toBe(true);
    expect(await fitsPassphrase('open sesam', String(body.passphraseHash))).toBe(false);
  });

  it('has a salt of its own each time', async () => {
    const authorization = await subject.authorization('amelia');
    const [first, second] = [
      await hash({ passphrase: 'open sesame' }, authorization),
      await hash({ passphrase: 'open sesame' }, authorization),
    ];
    expect(first.body.passphraseHash).not.toBe(second.body.passphraseHash);
  });

  it('makes a link that opens with it, and with nothing else', async () => {
    const video = await givenVideo(subject.database);
    const authorization = await subject.authorization('amelia');
    const { body } = await hash({ passphrase: 'open sesame' }, authorization);
    const { rows } = await subject.database.asUser(
      'amelia',
      (client) =>
        client.query<{ public_id: string; secret: string }>(
          'select public_id, secret from api.create_share_token($1, passphrase_hash => $2)',
          [video.id, body.passphraseHash],
        ),
      { keep: true },
    );
    const link = { publicId: rows[0]?.public_id ?? '', secret: rows[0]?.secret ?? '' };
    const door = new ShareDoor(subject, video);
    expect((await door.passphrase(link, 'open sesam')).body.code).toBe('share.passphrase_wrong');
    const { proof } = (await door.passphrase(link, 'open sesame')).body;
    expect((await door.resolve(link, { proofs: [proof] })).status).toBe(200);
  });

  it.each([
    ['too short', 'seven77'],
    ['too long', 'x'.repeat(129)],
    ['missing', undefined],
    ['no text', 12_345_678],
  ])('that is %s is refused at its field', async (_name, passphrase) => {
    const { status, body } = await hash({ passphrase }, await subject.authorization('amelia'));
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'request.invalid' });
    expect(body.errors).toMatchObject([{ pointer: '#/passphrase' }]);
  });

  it('is hashed for nobody who is not signed in, makes no links, or is suspended', async () => {
    expect((await hash({ passphrase: 'open sesame' }, {})).body.code).toBe('auth.token_missing');
    for (const person of ['helen', 'tomas', 'grace'] satisfies PersonName[]) {
      const refused = await hash({ passphrase: 'open sesame' }, await subject.authorization(person));
      expect({ person, code: refused.body.code }).toEqual({ person, code: 'auth.forbidden' });
    }
    const suspend = (at: string) =>
      subject.database.admin.query(`update app.profiles set suspended_at = ${at} where subject = 'user_ben_okafor'`);
    await suspend('now()');
    const refused = await hash({ passphrase: 'open sesame' }, await subject.authorization('ben'));
    await suspend('null');
    expect(refused.body.code).toBe('auth.suspended');
  });

  it('stands in no log line', async () => {
    await hash({ passphrase: 'a passphrase to look for' }, await subject.authorization('amelia'));
    expect(subject.log()).not.toContain('a passphrase to look for');
  });
});
