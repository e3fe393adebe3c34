import { Renewal } from './lib/renewal.ts';
import type { Granted, ShareOutcome } from './lib/share-client.ts';
import type { ViewEvent } from './lib/view-state.ts';
import type { MountedPlayer, PlaybackFailure } from './player/mount.tsx';

type PlayerModule = typeof import('./player/mount.tsx');

let playerModule: Promise<PlayerModule> | null = null;

/** Fetches the player once; a failed fetch may be tried again. */
export function loadPlayer(): Promise<PlayerModule> {
  playerModule ??= import('./player/mount.tsx').catch((fault: unknown) => {
    playerModule = null;
    throw fault;
  });
  return playerModule;
}

export interface WatchingParts {
  readonly host: HTMLElement;
  readonly request: (signal: AbortSignal) => Promise<ShareOutcome>;
  readonly dispatch: (event: ViewEvent) => void;
  /** A picture is there; again after the player was put in anew. `isBlocked`: the browser wants one more press on play. */
  readonly onShown: (player: MountedPlayer, isBlocked: boolean) => void;
  readonly onStuck: () => void;
}

const now = () => Date.now();
/** How long a stream has to have played to count as working. */
const goodMs = 60_000;

/** The same stream but for the token: a video that was cut off gets another playback id, hence another path. */
const streamOf = (url: string) => url.split('?')[0];

/** What a press on play started: renewal and player, until the link ends or the stream fails for good. */
export class Watching {
  readonly renewal: Renewal;
  isRenewalStuck = false;
  /** Told each time the stream fails, whatever is done about it. */
  onFailure: ((failure: PlaybackFailure) => void) | null = null;
  private readonly parts: WatchingParts;
  private player: MountedPlayer | null = null;
  private startedAt = now();
  private lastPosition: number;
  private stream = '';
  /** How often the stream has failed in a row. */
  private tries: number;

  constructor(granted: Granted, from: { readonly position: number; readonly tries: number }, parts: WatchingParts) {
    this.parts = parts;
    this.lastPosition = from.position;
    this.tries = from.tries;
    this.renewal = new Renewal(
      granted,
      {
        request: parts.request,
        now,
        setTimer: (run, delayMs) => window.setTimeout(run, delayMs),
        clearTimer: (timer) => window.clearTimeout(timer as number),
        isWatched: () => document.visibilityState === 'visible' || (this.player?.isPlaying() ?? true),
      },
      {
        renewed: (grant) => {
          if (this.player === null) return;
          if (streamOf(grant.playbackUrl) === this.stream) this.player.renewed(grant);
          else void this.moveOn();
        },
        ended: (outcome) => parts.dispatch({ type: 'answered', outcome, now: now(), position: this.position }),
        stuck: (isStuck) => {
          this.isRenewalStuck = isStuck;
          parts.onStuck();
        },
      },
    );
  }

  /** Where the video is, in seconds. */
  get position(): number {
    this.lastPosition = this.player?.position() ?? this.lastPosition;
    return this.lastPosition;
  }

  /** What plays, while a player is in. */
  get media(): HTMLVideoElement | null {
    return this.player?.media() ?? null;
  }

  isStarved(): boolean {
    return this.player?.isStarved() ?? false;
  }

  /** Puts the player in as soon as both its script and a live token are there. */
  async start(): Promise<void> {
    const [loaded] = await Promise.allSettled([loadPlayer(), this.renewal.usableToken()]);
    if (this.renewal.isOver) return;
    if (loaded.status === 'rejected') return this.parts.dispatch({ type: 'player-failed' });
    this.startedAt = now();
    this.stream = streamOf(this.renewal.current.playbackUrl) ?? '';
    const player = loaded.value.mountPlayer(this.parts.host, {
      renewal: this.renewal,
      position: this.lastPosition,
      onShown: ({ isBlocked }) => this.parts.onShown(player, isBlocked),
      onResumed: () => this.renewal.wake(),
      onFailed: (failure) => void this.failed(failure),
      onCrashed: () => this.parts.dispatch({ type: 'player-failed' }),
    });
    this.player = player;
  }

  stop(): void {
    this.renewal.stop();
    this.takeOut();
  }

  private takeOut(): void {
    this.lastPosition = this.position;
    this.player?.unmount();
    this.player = null;
  }

  /** The stream's old address is dead, and the link lives: the video goes on at the new one, where it was. */
  private moveOn(): Promise<void> {
    this.takeOut();
    this.parts.dispatch({ type: 'restarting' });
    return this.start();
  }

  /**
   * A stream that is refused, or gone because it was cut off, gets a fresh grant and one more try at once; anything else, or
   * a second time, is said and tried later.
   */
  private async failed({ status, position }: PlaybackFailure): Promise<void> {
    if (now() - this.startedAt > goodMs) this.tries = 0;
    this.onFailure?.({ status, position });
    this.takeOut();
    this.lastPosition = position;
    if (status !== null && [401, 403, 404, 410].includes(status) && this.tries === 0) {
      this.tries = 1;
      this.parts.dispatch({ type: 'restarting' });
      await this.renewal.renew();
      return this.start();
    }
    this.parts.dispatch({ type: 'stream-failed', position, tries: this.tries, now: now() });
  }
}
