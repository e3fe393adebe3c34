import type { Playback } from '@mm/api/contract';
import MuxPlayer from '@mux/mux-player-react';
import { useEffect, useMemo, useState } from 'react';
import { useScheme } from '../theme/mode.ts';
import { palettes } from '../theme/palette.ts';
import { keepRenewing } from './renewing-playback.ts';

export type PlayerProps = {
  playback: Playback;
  renew: () => Promise<Playback>;
  onFailure: (error: unknown) => void;
};

/**
 * The player in `src` mode, so that the same code plays from the vendor and from the local double. Nothing is reported to
 * the vendor (`disableTracking`, `disableCookies`).
 */
export default function Player({ playback, renew, onFailure }: PlayerProps) {
  const [renewing] = useState(() => keepRenewing(playback, renew, onFailure));
  useEffect(() => () => renewing.stop(), [renewing]);
  const hlsConfig = useMemo(
    () => ({
      xhrSetup: (xhr: XMLHttpRequest, url: string) => xhr.open('GET', renewing.refresh(url), true),
    }),
    [renewing],
  );
  const palette = palettes[useScheme()];
  return (
    <MuxPlayer
      src={playback.playbackUrl}
      poster={playback.posterUrl}
      storyboardSrc={playback.storyboardUrl}
      metadata={{ video_title: playback.title }}
      title={playback.title}
      streamType="on-demand"
      accentColor={palette.primary}
      disableTracking
      disableCookies
      nohotkeys={false}
      autoPlay
      playsInline
      _hlsConfig={hlsConfig}
      onError={(event) => onFailure(event)}
      style={{ width: '100%', height: '100%', display: 'block' }}
    />
  );
}
