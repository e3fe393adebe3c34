import Hls, { type HlsConfig, type LoadPolicy } from 'hls.js';
import { withCurrentToken } from '../lib/playback-token.ts';

/** Where the loader gets its tokens from; `Renewal` is one. */
export interface TokenSource {
  readonly issued: ReadonlySet<string>;
  usableToken(): Promise<string>;
  reject(token: string): void;
}

const isRefused = (status: number | undefined) => status === 401 || status === 403;
/** A refused request is repeated with a fresh token this often before it counts as failed. */
const freshTokenTries = 2;

/**
 * How hls.js loads a signed stream across renewals (VW-02): each request of playlists and segments goes out with the current
 * token, waits for one when it has died, and comes back with a fresh one when the stream refuses it. hls.js 1.7 awaits
 * `xhrSetup` and starts its timeouts only after it; `shouldRetry` is asked after each failed request.
 * @param onSubtitles gets a master playlist that names subtitles, which the light build of hls.js leaves alone, and its address
 */
export function hlsConfig(
  tokens: TokenSource,
  onSubtitles: (master: string, url: string) => void = () => undefined,
): Partial<HlsConfig> {
  const { manifestLoadPolicy, playlistLoadPolicy, fragLoadPolicy } = Hls.DefaultConfig;
  return {
    // The page's CSP allows no blob: workers; a short training video is transmuxed well enough on the main thread.
    enableWorker: false,
    // What is buffered plays on when the link ends while the server cannot be reached: a minute of it and no more (VW-05).
    maxMaxBufferLength: 60,
    manifestLoadPolicy: withFreshTokens(manifestLoadPolicy),
    playlistLoadPolicy: withFreshTokens(playlistLoadPolicy),
    fragLoadPolicy: withFreshTokens(fragLoadPolicy),
    async xhrSetup(xhr, url) {
      const token = await tokens.usableToken();
      xhr.open('GET', withCurrentToken(url, token, tokens.issued), true);
      xhr.addEventListener('loadend', () => {
        if (isRefused(xhr.status)) tokens.reject(token);
      });
      if (!/\.m3u8(?:\?|$)/.test(url)) return;
      xhr.addEventListener('load', () => {
        if (xhr.responseText.includes('TYPE=SUBTITLES')) onSubtitles(xhr.responseText, url);
      });
    },
  };
}

function withFreshTokens(policy: LoadPolicy): LoadPolicy {
  const { errorRetry } = policy.default;
  if (errorRetry === null) return policy;
  return {
    default: {
      ...policy.default,
      errorRetry: {
        ...errorRetry,
        shouldRetry: (_config, retryCount, _isTimeout, response, isUsual) =>
          isUsual || (isRefused(response?.code) && retryCount < freshTokenTries),
      },
    },
  };
}
