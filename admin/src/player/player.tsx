import type { Playback } from '@mm/api/contract';
import MuxPlayer, { type MuxPlayerRefAttributes } from '@mux/mux-player-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useScheme } from '../theme/mode.ts';
import { palettes } from '../theme/palette.ts';
import { correctControlNames } from './control-names.ts';
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
  const element = useRef<MuxPlayerRefAttributes>(null);
  useEffect(() => {
    const theme = element.current?.mediaTheme?.shadowRoot;
    return theme ? correctControlNames(theme) : undefined;
  }, []);
  const palette = palettes[useScheme()];
  return (
    <MuxPlayer
      ref={element}
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
