import { createRef } from 'react';
import { createRoot } from 'react-dom/client';
import type { Renewal } from '../lib/renewal.ts';
import type { Grant } from '../lib/share-answer.ts';
import { type PlayerHandle, SharedPlayer } from './shared-player.tsx';

/** Why a stream stopped for good: the status of the last answer (null without one), and where it stopped, in seconds. */
export interface PlaybackFailure {
  readonly status: number | null;
  readonly position: number;
}

export interface PlayerOptions {
  readonly renewal: Renewal;
  /** Where to start, in seconds. */
  readonly position: number;
  /** The first frame is there; `isBlocked` when the browser wants another press on play before it starts with sound. */
  readonly onShown: (shown: { readonly isBlocked: boolean }) => void;
  /** Playing goes on after a pause. */
  readonly onResumed: () => void;
  readonly onFailed: (failure: PlaybackFailure) => void;
  /** The player's own code failed. */
  readonly onCrashed: () => void;
}

export interface MountedPlayer {
  /** Tells the player of a new grant; playback goes on. */
  renewed(grant: Grant): void;
  isPlaying(): boolean;
  /** Where the video is, in seconds. */
  position(): number;
  /** The element that plays. */
  media(): HTMLVideoElement | null;
  /** It would play on, but has nothing left to show. */
  isStarved(): boolean;
  focus(): void;
  unmount(): void;
}

/** Puts the player into `host` and starts it. This module and what it imports are fetched on intent only (VW-08). */
export function mountPlayer(host: HTMLElement, options: PlayerOptions): MountedPlayer {
  const handle = createRef<PlayerHandle>();
  const root = createRoot(host, { onUncaughtError: options.onCrashed });
  const first = options.renewal.current;
  const render = (grant: Grant) =>
    root.render(
      <SharedPlayer
        ref={handle}
        title={first.title}
        playbackUrl={first.playbackUrl}
        storyboardUrl={grant.storyboardUrl}
        position={options.position}
        tokens={options.renewal}
        onShown={options.onShown}
        onResumed={options.onResumed}
        onFailed={options.onFailed}
      />,
    );
  render(first);
  return {
    renewed(grant) {
      handle.current?.swapNativeSource(grant.playbackUrl);
      render(grant);
    },
    isPlaying: () => handle.current?.isPlaying() ?? false,
    position: () => handle.current?.position() ?? options.position,
    media: () => handle.current?.media() ?? null,
    isStarved: () => handle.current?.isStarved() ?? false,
    focus: () => handle.current?.focus(),
    unmount: () => root.unmount(),
  };
}
