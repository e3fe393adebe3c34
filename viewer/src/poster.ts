import type { Grant } from './lib/share-answer.ts';

/** Asks for the poster of a video, once, gives the stage the video's shape, and shows the poster when it is there. */
export function showPoster({ posterUrl, aspectRatio }: Grant): void {
  const ratio = /^(\d{1,5}):(\d{1,5})$/.exec(aspectRatio ?? '');
  if (ratio !== null) document.getElementById('stage')?.style.setProperty('--ratio', `${ratio[1]} / ${ratio[2]}`);
  const poster = document.getElementById('poster');
  if (!(poster instanceof HTMLImageElement) || poster.getAttribute('src') === posterUrl) return;
  poster.onload = () => {
    poster.hidden = false;
  };
  poster.src = posterUrl;
}
