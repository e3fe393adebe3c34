import MuxPlayer, { type MuxPlayerRefAttributes } from '@mux/mux-player-react';
import Hls from 'hls.js';
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef } from 'react';
import { nameControls } from './control-names.ts';
import { hlsConfig, type TokenSource } from './hls-config.ts';
import type { PlayerOptions } from './mount.tsx';

export interface PlayerHandle {
  isPlaying(): boolean;
  position(): number;
  media(): HTMLVideoElement | null;
  /** It would play on, but has nothing left to show. */
  isStarved(): boolean;
  focus(): void;
  /** Where the browser plays HLS by itself, nothing can rewrite its requests: it gets the new URL at the same position. */
  swapNativeSource(playbackUrl: string): void;
}

interface SharedPlayerProps extends Pick<PlayerOptions, 'position' | 'onShown' | 'onResumed' | 'onFailed'> {
  readonly ref: Ref<PlayerHandle>;
  readonly title: string;
  /** Stays the same for the life of the player: changing it would load the video anew. */
  readonly playbackUrl: string;
  readonly storyboardUrl: string;
  readonly tokens: TokenSource;
}

/** What the vendor's player puts into `error.data`: hls.js's error data, or the same shape for native playback. */
interface FailureData {
  readonly response?: { readonly code?: number };
}

/** The stream has captions: they are offered, by a script that no other video needs. */
function offerCaptions(player: MuxPlayerRefAttributes | null, tokens: TokenSource, master: string, url: string): void {
  const video = player?.media?.nativeEl;
  if (!video) return;
  let firstPts = 0;
  player?._hls?.on(Hls.Events.INIT_PTS_FOUND, (_event, { initPTS, timescale }) => {
    firstPts = initPTS / timescale;
  });
  void import('./captions.ts').then((captions) =>
    captions.offerCaptions(video, { master, url }, tokens, () => firstPts),
  );
}

/** The vendor's player in `src` mode, without its measurement, cast and stored mute (VW-06). */
export function SharedPlayer(props: SharedPlayerProps) {
  const { ref, tokens, position, onShown, onResumed, onFailed } = props;
  const player = useRef<MuxPlayerRefAttributes>(null);
  const config = useMemo(
    () => hlsConfig(tokens, (master, url) => offerCaptions(player.current, tokens, master, url)),
    [tokens],
  );
  const lastPosition = useRef(position);
  const isShown = useRef(false);
  const waitingUrl = useRef<string | null>(null);

  function shown(isBlocked: boolean): void {
    if (isShown.current) return;
    isShown.current = true;
    onShown({ isBlocked });
  }

  function loadNativeSource(url: string): void {
    const element = player.current;
    if (element === null) return;
    waitingUrl.current = null;
    element.startTime = lastPosition.current;
    element.src = url;
    // The element loads a new source a moment later, and would forget a play() that came before.
    element.addEventListener('loadedmetadata', () => void element.play().catch(() => undefined), { once: true });
  }

  useImperativeHandle(ref, () => ({
    isPlaying: () => player.current?.paused === false,
    position: () => lastPosition.current,
    media: () => player.current?.media?.nativeEl ?? null,
    isStarved() {
      const element = player.current;
      return (
        element !== null && !element.paused && !element.ended && element.readyState < HTMLMediaElement.HAVE_FUTURE_DATA
      );
    },
    focus: () => player.current?.mediaController?.focus(),
    swapNativeSource(url) {
      const element = player.current;
      if (element === null || element._hls !== undefined) return;
      // A paused video need not be disturbed before it goes on.
      if (element.paused) waitingUrl.current = url;
      else loadNativeSource(url);
    },
  }));

  /*
   * The wrapper sets its object props and listeners in effects, which may run after the element has already asked for the
   * playlist. A layout effect runs in the same turn in which the element is put in, before it asks for anything.
   */
  useLayoutEffect(() => {
    const element = player.current;
    const media = element?.media;
    if (!element || !media) throw new Error('the player has no media element');
    element._hlsConfig = config;
    const theme = element.mediaTheme?.shadowRoot;
    if (theme) nameControls(theme);
    const failed = (event: Event) => {
      const error: unknown = ('detail' in event && event.detail) || media.error;
      const status = (error as { data?: FailureData } | null)?.data?.response?.code;
      // Someone who has just skipped is where they want to go, though no frame from there has come yet.
      onFailed({ status: status || null, position: element.currentTime || lastPosition.current });
    };
    media.addEventListener('error', failed);
    return () => media.removeEventListener('error', failed);
  }, [config, onFailed]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: starts once, when the player is put in
  useEffect(() => {
    const element = player.current;
    const start = () =>
      void element?.play().catch((fault: unknown) => {
        if (!(fault instanceof DOMException)) return;
        if (fault.name === 'NotAllowedError') shown(true);
        // The element may load its source only now, which takes a play() that came before back; somebody waits for it all the same.
        else if (fault.name === 'AbortError' && !isShown.current)
          element.addEventListener('loadedmetadata', start, { once: true });
      });
    start();
  }, []);

  return (
    <MuxPlayer
      ref={player}
      src={props.playbackUrl}
      storyboardSrc={props.storyboardUrl}
      startTime={position}
      streamType="on-demand"
      preferPlayback="mse"
      videoTitle=""
      metadata={{ video_title: props.title }}
      accentColor="#63d3bc"
      disableTracking
      disableCookies
      noMutedPref
      defaultHiddenCaptions
      onLoadedData={() => shown(false)}
      onTimeUpdate={() => {
        const element = player.current;
        // While a source is being swapped the clock stands at nought.
        if (element && element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA)
          lastPosition.current = element.currentTime;
      }}
      onPlay={() => {
        if (waitingUrl.current !== null) loadNativeSource(waitingUrl.current);
        if (isShown.current) onResumed();
      }}
    />
  );
}
