import { recordEventsBody } from '@mm/api/contract';
import { describe, expect, it } from 'vitest';
import { type Report, ReportQueue } from './report-queue.ts';

type Answer = Response | Error;

/** A server and a clock in the test's hand. */
class World {
  now = Date.parse('2026-11-20T00:00:00Z');
  hasConsent = true;
  stops = 0;
  answers: Answer[] = [];
  readonly bodies: ReturnType<typeof recordEventsBody.parse>[] = [];
  readonly beacons: string[] = [];
  readonly queue = new ReportQueue({
    publicId: 'a1B2c3D4e5F6',
    sessionId: '01900000-0000-7000-8000-000000000001',
    now: () => this.now,
    hasConsent: () => this.hasConsent,
    onStop: () => {
      this.stops += 1;
    },
    beacon: (_url, body) => this.beacons.push(body) > 0,
    fetch: async (_url, init) => {
      this.bodies.push(recordEventsBody.parse(JSON.parse(String(init?.body))));
      const answer = this.answers.shift() ?? going(true);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  get sequences(): number[][] {
    return this.bodies.map(({ events }) => events.map(({ sequence }) => sequence));
  }
}

const going = (mayContinue: boolean) => new Response(JSON.stringify({ accepted: 1, mayContinue }));
const beat: Report = { kind: 'heartbeat', positionSeconds: 4, watched: [[0, 4]], rebufferSeconds: 0 };

describe('reports', () => {
  it('without consent are the claim of the view and nothing else, each time', async () => {
    const world = new World();
    world.hasConsent = false;
    for (let round = 0; round < 3; round += 1) {
      world.queue.add(beat);
      await world.queue.flush();
    }
    world.queue.leave();
    expect(world.bodies).toHaveLength(3);
    for (const { consent, events } of world.bodies) {
      expect({ consent, events }).toEqual({
        consent: false,
        events: [{ sequence: 0, kind: 'heartbeat', watched: [], rebufferSeconds: 0 }],
      });
    }
    expect(world.beacons).toEqual([]);
  });

  it('are forgotten when the consent is taken back before they are sent', async () => {
    const world = new World();
    world.queue.add(beat);
    world.hasConsent = false;
    await world.queue.flush();
    world.hasConsent = true;
    await world.queue.flush();
    expect(world.sequences).toEqual([[0], [0]]);
  });

  it('are sent again with the same numbers until they are taken', async () => {
    const world = new World();
    world.answers = [new TypeError('Failed to fetch'), new Response('', { status: 503 })];
    world.queue.add(beat);
    await world.queue.flush();
    world.now += 2_000;
    world.queue.add(beat);
    await world.queue.flush();
    world.now += 4_000;
    await world.queue.flush();
    await world.queue.flush();
    expect(world.sequences).toEqual([[0, 1], [0, 1, 2], [0, 1, 2], [0]]);
  });

  it('rest longer after each failure, and as long as the server asks', async () => {
    const world = new World();
    world.answers = [new TypeError('x'), new Response('', { status: 429, headers: { 'retry-after': '30' } })];
    await world.queue.flush();
    world.now += 1_999;
    await world.queue.flush();
    expect(world.bodies).toHaveLength(1);
    world.now += 1;
    await world.queue.flush();
    world.now += 29_999;
    await world.queue.flush();
    expect(world.bodies).toHaveLength(2);
    world.now += 1;
    await world.queue.flush();
    expect(world.bodies).toHaveLength(3);
  });

  it('are given up when the server refuses them for good, lest they are sent for ever', async () => {
    const world = new World();
    world.answers = [new Response('{}', { status: 422 })];
    world.queue.add(beat);
    await world.queue.flush();
    await world.queue.flush();
    expect(world.sequences).toEqual([[0, 1], [0]]);
  });

  it('go in portions that the contract takes, and the newest are kept when too many pile up', async () => {
    const world = new World();
    for (let n = 0; n < 600; n += 1) world.queue.add(beat);
    for (let n = 0; n < 11; n += 1) await world.queue.flush();
    const sent = world.sequences.flatMap((sequences) => sequences.slice(1));
    expect(sent).toEqual(Array.from({ length: 500 }, (_, n) => n + 101));
  });

  it('tell the page to stop when the server says so, or knows the session no more', async () => {
    const world = new World();
    world.answers = [going(true), going(false), new Response('{}', { status: 403 })];
    await world.queue.flush();
    expect(world.stops).toBe(0);
    await world.queue.flush();
    await world.queue.flush();
    expect(world.stops).toBe(2);
  });

  it('are handed to the browser when the page goes, and stay numbered as they were', async () => {
    const world = new World();
    world.queue.add(beat);
    world.queue.leave();
    await world.queue.flush();
    const left = recordEventsBody.parse(JSON.parse(world.beacons[0] ?? ''));
    expect(left.events.map(({ sequence }) => sequence)).toEqual([1]);
    expect(world.sequences).toEqual([[0, 1]]);
  });
});
