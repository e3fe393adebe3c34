import type { Playback } from '@mm/api/contract';

/** Renewal is tried again after so long, as long as the present token may still be good. */
const retryMs = 5000;

export type RenewingPlayback = {
  /** The address with the newest token in it; addresses without a token are left alone. */
  refresh(url: string): string;
  stop(): void;
};

/**
 * Keeps the token of a running playback fresh. The server's answers differ in the token only, so it is enough to put the
 * newest one into every request that carries one; the player itself is never reloaded.
 *
 * @param first what the player was started with
 * @param renew asks the server again
 * @param onEnd the server refuses to go on, or could not be reached before the token died
 */
export function keepRenewing(
  first: Playback,
  renew: () => Promise<Playback>,
  onEnd: (error: unknown) => void,
): RenewingPlayback {
  let current = first;
  let timer: ReturnType<typeof setTimeout>;
  let stopped = false;

  const schedule = (ms: number) => {
    timer = setTimeout(attempt, ms);
  };
  const attempt = async () => {
    try {
      current = await renew();
      if (!stopped) schedule(current.renewAfterSeconds * 1000);
    } catch (error) {
      if (stopped) return;
      const leftMs = Date.parse(current.expiresAt) - Date.now();
      if (leftMs > retryMs) schedule(retryMs);
      else onEnd(error);
    }
  };
  schedule(first.renewAfterSeconds * 1000);

  return {
    refresh(url) {
      const address = new URL(url);
      const token = new URL(current.playbackUrl).searchParams.get('token');
      if (!token || !address.searchParams.has('token')) return url;
      address.searchParams.set('token', token);
      return address.href;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
