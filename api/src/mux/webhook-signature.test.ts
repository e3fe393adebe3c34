import { createHmac } from 'node:crypto';
import Mux from '@mux/mux-node';
import { describe, expect, it } from 'vitest';
import { verifyMuxSignature } from './webhook-signature.ts';

const secret = 'a-webhook-secret-of-mux';
const body = Buffer.from('{"id":"event-1","type":"video.asset.ready"}');
const now = new Date('2026-03-01T12:00:00Z');
const unix = (offsetSeconds = 0): number => Math.floor(now.getTime() / 1000) + offsetSeconds;

function sign(timestamp: number | string, options: { secret?: string; body?: Buffer } = {}): string {
  return createHmac('sha256', options.secret ?? secret)
    .update(`${timestamp}.`)
    .update(options.body ?? body)
    .digest('hex');
}
const headerFor = (timestamp: number, options: { secret?: string; body?: Buffer } = {}): string =>
  `t=${timestamp},v1=${sign(timestamp, options)}`;

describe('a webhook signature', () => {
  it("made like Mux's own SDK checks it is accepted by both", async () => {
    const timestamp = Math.floor(Date.now() / 1000);
    const header = headerFor(timestamp);
    await new Mux({ tokenId: 'x', tokenSecret: 'y' }).webhooks.verifySignature(
      body.toString(),
      { 'mux-signature': header },
      secret,
    );
    expect(verifyMuxSignature(body, header, [secret])).toMatchObject({ kind: 'fresh' });
  });

  it('says when it was made', () => {
    expect(verifyMuxSignature(body, headerFor(unix(-10)), [secret], now)).toEqual({
      kind: 'fresh',
      signedAt: new Date('2026-03-01T11:59:50Z'),
    });
  });

  it('is accepted under each of two secrets while one is rotated', () => {
    for (const each of ['the-old-secret-value', 'the-new-secret-value']) {
      const header = headerFor(unix(), { secret: each });
      expect(verifyMuxSignature(body, header, ['the-old-secret-value', 'the-new-secret-value'], now).kind).toBe(
        'fresh',
      );
    }
  });

  it('is accepted when one of several v1 values is right', () => {
    const header = `t=${unix()},v1=${'0'.repeat(64)},v1=${sign(unix())}`;
    expect(verifyMuxSignature(body, header, [secret], now).kind).toBe('fresh');
  });

  it.each([
    [300, 'fresh'],
    [301, 'stale'],
    [86_400, 'stale'],
  ])('of %i seconds ago is %s', (age, kind) => {
    expect(verifyMuxSignature(body, headerFor(unix(-age)), [secret], now).kind).toBe(kind);
  });

  it('up to 60 seconds ahead is accepted, since clocks differ', () => {
    expect(verifyMuxSignature(body, headerFor(unix(60)), [secret], now).kind).toBe('fresh');
  });

  const good = sign(unix());
  it.each<[string, string | string[] | undefined, string]>([
    ['that is missing', undefined, 'missing'],
    ['that is empty', '', 'missing'],
    ['that comes twice', [headerFor(unix()), headerFor(unix())], 'malformed'],
    ['without a time', `v1=${good}`, 'malformed'],
    ['without a value', `t=${unix()}`, 'malformed'],
    ['with two times', `t=${unix()},t=${unix()},v1=${good}`, 'malformed'],
    ['with a negative time', `t=-${unix()},v1=${good}`, 'malformed'],
    ['with a time in words', `t=now,v1=${good}`, 'malformed'],
    ['with a fractional time', `t=${unix()}.5,v1=${good}`, 'malformed'],
    ['that is too short', `t=${unix()},v1=${good.slice(0, 62)}`, 'malformed'],
    ['that is too long', `t=${unix()},v1=${good}00`, 'malformed'],
    ['that is no hex', `t=${unix()},v1=${'z'.repeat(64)}`, 'malformed'],
    ['under another scheme only', `t=${unix()},v0=${good}`, 'malformed'],
    ['among more values than anybody rotates through', `t=${unix()}${`,v1=${good}`.repeat(5)}`, 'malformed'],
    ['with another time than was signed', `t=${unix(1)},v1=${good}`, 'mismatch'],
    ['by another secret', headerFor(unix(), { secret: 'not-the-secret-at-all' }), 'mismatch'],
    ['over another body', headerFor(unix(), { body: Buffer.from('{}') }), 'mismatch'],
    ['by no secret', headerFor(unix(), { secret: '' }), 'mismatch'],
    ['61 seconds ahead', headerFor(unix(61)), 'future'],
    ['a year ahead', headerFor(unix(31_536_000)), 'future'],
  ])('%s is refused', (_name, header, reason) => {
    expect(verifyMuxSignature(body, header, [secret], now)).toEqual({ kind: 'refused', reason });
  });

  it('does not cover a body in which one byte was changed, wherever it is', () => {
    const header = headerFor(unix());
    for (let index = 0; index < body.length; index += 1) {
      const changed = Buffer.from(body);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(verifyMuxSignature(changed, header, [secret], now).kind).toBe('refused');
    }
  });

  it('that is wrong is not called stale or future: an age can only be judged once it is known to be genuine', () => {
    for (const offset of [-1_000, 1_000]) {
      const header = headerFor(unix(offset), { secret: 'not-the-secret-at-all' });
      expect(verifyMuxSignature(body, header, [secret], now)).toEqual({ kind: 'refused', reason: 'mismatch' });
    }
  });
});
