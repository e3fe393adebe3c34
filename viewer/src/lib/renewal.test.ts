import { beforeEach, describe, expect, it } from 'vitest';
import { Renewal, RenewalOver } from './renewal.ts';
import type { Grant } from './share-answer.ts';
import type { Granted, ShareOutcome } from './share-client.ts';

/** A clock and a server in the test's hand: time moves only by `advance`, answers come only from `answers`. */
class World {
  now = Date.parse('2026-11-20T00:00:00Z');
  readonly ttlSeconds = 300;
  readonly asked: number[] = [];
  readonly log: string[] = [];
  answers: (() => ShareOutcome)[] = [];
  isWatched = true;
  private timers: { at: number; run: () => void }[] = [];
  private minted = 0;

  granted(serverOffset = 0): Granted {
    this.minted += 1;
    const grant: Grant = {
      playbackUrl: `https://stream.example/v.m3u8?token=t${this.minted}`,
      posterUrl: 'https://image.example/v.jpg',
      storyboardUrl: 'https://image.example/v.vtt',
      expiresAt: new Date(this.now + serverOffset + this.ttlSeconds * 1000).toISOString(),
      sessionId: '01900000-0000-7000-8000-000000000001',
      availableUntil: '2026-11-27T00:00:00Z',
      renewAfterSeconds: 200,
      title: 'Serve receive',
      durationSeconds: 10,
      aspectRatio: '16:9',
    };
    return { kind: 'granted', grant, receivedAt: this.now, serverOffset };
  }

  start(serverOffset = 0, first = this.granted(serverOffset)): Renewal {
    return new Renewal(
      first,
      {
        request: async () => {
          this.asked.push(this.now);
          return this.answers.shift()?.() ?? this.granted(serverOffset);
        },
        now: () => this.now,
        setTimer: (run, delayMs) => {
          const timer = { at: this.now + delayMs, run };
          this.timers.push(timer);
          return timer;
        },
        clearTimer: (timer) => {
          this.timers = this.timers.filter((planned) => planned !== timer);
        },
        isWatched: () => this.isWatched,
      },
      {
        renewed: (grant) => this.log.push(`renewed ${new URL(grant.playbackUrl).searchParams.get('token')}`),
        ended: ({ kind }) => this.log.push(`ended ${kind}`),
        stuck: (isStuck) => this.log.push(isStuck ? 'stuck' : 'free'),
      },
    );
  }

  /** Lets timers fire in their order, and what they started settle. */
  async advance(seconds: number): Promise<void> {
    const end = this.now + seconds * 1000;
    await settle();
    for (;;) {
      const next = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.now = Math.max(this.now, next.at);
      next.run();
      await settle();
    }
    this.now = end;
    await settle();
  }

  /** The device sleeps: the clock moves on and no timer fires. */
  sleep(seconds: number): void {
    this.now += seconds * 1000;
  }
}

const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};
const unreachable = (): ShareOutcome => ({ kind: 'unreachable', waitMs: null });

let world: World;
beforeEach(() => {
  world = new World();
});

describe('renewal of the playback token', () => {
  it('asks when renewAfterSeconds have passed, and again after each answer', async () => {
    const renewal = world.start();
    await world.advance(199);
    expect(world.asked).toEqual([]);
    await world.advance(401);
    expect(world.log).toEqual(['renewed t2', 'renewed t3', 'renewed t4']);
    expect([...renewal.issued]).toEqual(['t1', 't2', 't3', 't4']);
    expect(await renewal.usableToken()).toBe('t4');
  });

  it('counts from when the grant came, not from when play was pressed', async () => {
    const first = world.granted();
    world.sleep(150);
    world.start(0, first);
    await world.advance(49);
    expect(world.asked).toEqual([]);
    await world.advance(1);
    expect(world.asked).toHaveLength(1);
  });

  it('hands out the current token without asking while it lives', async () => {
    const renewal = world.start();
    world.sleep(298);
    expect(await renewal.usableToken()).toBe('t1');
    expect(world.asked).toEqual([]);
  });

  it('after a sleep makes whoever needs a token wait for a live one', async () => {
    const renewal = world.start();
    world.sleep(3600);
    expect(await renewal.usableToken()).toBe('t2');
  });

  it('judges the token by the server’s clock where the device’s clock is wrong', async () => {
    const renewal = world.start(-86_400_000);
    expect(await renewal.usableToken()).toBe('t1');
    world.sleep(299.5);
    expect(await renewal.usableToken()).toBe('t2');
  });

  it('asks once for all that wait', async () => {
    const renewal = world.start();
    world.sleep(400);
    expect(await Promise.all([renewal.usableToken(), renewal.usableToken(), renewal.usableToken()])).toEqual([
      't2',
      't2',
      't2',
    ]);
    expect(world.asked).toHaveLength(1);
  });

  it('replaces a token that the stream refused, and only that one', async () => {
    const renewal = world.start();
    renewal.reject('t0');
    expect(await renewal.usableToken()).toBe('t1');
    renewal.reject('t1');
    expect(await renewal.usableToken()).toBe('t2');
  });

  it('asks at once when woken after its time, and not when woken before', async () => {
    const renewal = world.start();
    world.sleep(100);
    renewal.wake();
    await settle();
    expect(world.asked).toHaveLength(0);
    world.sleep(101);
    renewal.wake();
    await settle();
    expect(world.asked).toHaveLength(1);
  });

  it('rests while nobody watches and goes on when woken', async () => {
    const renewal = world.start();
    world.isWatched = false;
    await world.advance(4000);
    expect(world.asked).toEqual([]);
    world.isWatched = true;
    renewal.wake();
    await world.advance(200);
    expect(world.log).toEqual(['renewed t2', 'renewed t3']);
  });
});

describe('a renewal that fails', () => {
  it('is tried again with growing pauses, and says that it is stuck only once the token has died', async () => {
    world.answers = [unreachable, unreachable, unreachable, unreachable];
    const renewal = world.start();
    await world.advance(220);
    expect(world.asked.map((at) => (at - (world.asked[0] ?? 0)) / 1000)).toEqual([0, 1, 3, 7, 15]);
    expect(world.log).toEqual(['renewed t2']);
    world.answers = Array.from({ length: 30 }, () => unreachable);
    await world.advance(400);
    expect(world.log).toEqual(['renewed t2', 'stuck']);
    world.answers = [];
    renewal.wake();
    await settle();
    expect(world.log).toEqual(['renewed t2', 'stuck', 'free', 'renewed t3']);
  });

  it('waits as long as the server asks it to', async () => {
    world.answers = [() => ({ kind: 'rate-limited', waitMs: 42_000 })];
    world.start();
    await world.advance(300);
    expect(world.asked.map((at) => (at - (world.asked[0] ?? 0)) / 1000)).toEqual([0, 42]);
  });

  it('keeps whoever needs a token waiting until there is one', async () => {
    world.answers = [unreachable, unreachable];
    const renewal = world.start();
    world.sleep(301);
    const token = renewal.usableToken();
    await world.advance(0.5);
    expect(world.log).toEqual(['stuck']);
    await world.advance(10);
    expect(await token).toBe('t2');
  });
});

describe('a renewal that is refused', () => {
  it('ends at once: nothing is asked any more and whoever waits for a token is told', async () => {
    const renewal = world.start();
    world.answers = [() => ({ kind: 'unavailable' })];
    world.sleep(301);
    const waiting = renewal.usableToken();
    await expect(waiting).rejects.toBeInstanceOf(RenewalOver);
    expect(world.log).toEqual(['ended unavailable']);
    expect(renewal.isOver).toBe(true);
    renewal.wake();
    await world.advance(4000);
    expect(world.asked).toHaveLength(1);
    await expect(renewal.usableToken()).rejects.toBeInstanceOf(RenewalOver);
  });

  it('that answers after stop() changes nothing', async () => {
    const renewal = world.start();
    world.answers = [
      () => {
        renewal.stop();
        return { kind: 'unavailable' };
      },
    ];
    await world.advance(300);
    expect(world.log).toEqual([]);
  });
});
