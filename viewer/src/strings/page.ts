/**
 * Every sentence a viewer reads or hears, in Australian English, in one place for translation.
 * Plain sentences: what happened, then what to do. Nothing here may tell an ended link from one that never existed (SH-07).
 */
export const strings = {
  brand: 'Motion Mavericks',
  pageTitle: (title: string) => `${title} – Motion Mavericks`,
  opening: 'Opening your video…',
  opened: (title: string) => `${title} is ready to play.`,
  play: 'Play video',
  playNamed: (title: string) => `Play video: ${title}`,
  resumeAt: (clock: string) => `Resume at ${clock}`,
  resumeNamed: (title: string, clock: string) => `Resume at ${clock}: ${title}`,
  startAgain: 'Start again',
  starting: 'Starting…',
  pressPlay: 'Your browser asks you to press play once more.',
  length: (words: string) => `Length ${words}`,
  availableUntil: (moment: string) => `Available until ${moment}`,
  tryAgain: 'Try again',
  trySoon: (seconds: number) => (seconds > 0 ? `Trying again in ${count(seconds, 'second')}.` : 'Trying again…'),

  linkIncomplete: {
    title: 'Part of this link is missing',
    text: 'The end of the link may have been cut off when it was copied or sent. Ask the person who sent it to you for the whole link.',
  },
  unavailable: {
    title: 'This link doesn’t work any more',
    text: 'It may have ended or been switched off, or got damaged on its way to you. If you still need the video, ask the person who sent it to you for a new link.',
  },
  expired: (moment: string) => ({
    title: 'This link has ended',
    text: `It was available until ${moment}. If you still need the video, ask the person who sent it to you for a new link.`,
  }),
  stopped: {
    title: 'This link doesn’t work any more',
    text: 'It was switched off while you were watching. If you still need the video, ask the person who sent it to you for a new link.',
  },
  framed: {
    title: 'This video can’t be shown here',
    text: 'The link doesn’t allow this site to show it. Open it in a window of its own.',
  },
  openAlone: 'Open in a new window',
  step: { title: 'One more step', text: 'This video asks for something before it opens.' },
  processing: {
    title: 'This video is nearly ready',
    text: 'It is still being prepared. You can leave this page open: the video appears here by itself.',
  },
  rateLimited: {
    title: 'Too many tries just now',
    text: 'Please wait a little. This page then tries again by itself.',
  },
  offline: {
    title: 'You seem to be offline',
    text: 'Check your connection. This page goes on by itself as soon as you are back online.',
  },
  unreachable: {
    title: 'We can’t reach our service right now',
    text: 'Your link may be fine. This page keeps trying by itself.',
  },
  streamTrouble: {
    title: 'The video isn’t loading',
    text: 'The video service doesn’t answer as it should. Your link is fine, and this page tries again by itself from where you were.',
  },
  playerTrouble: {
    title: 'The player didn’t load',
    text: 'Your link is fine. Check your connection and try again.',
  },
  privacy: 'Privacy choices',
  keys: 'Keyboard shortcuts',
  reconnecting: 'Connection lost. We’re trying to reach the video again.',
} as const;

/** "1 second", "12 seconds". */
export function count(value: number, unit: string): string {
  return `${value} ${unit}${value === 1 ? '' : 's'}`;
}

/** A length of time in words for reading aloud, e.g. "1 minute 30 seconds"; whole seconds, never empty. */
export function duration(totalSeconds: number): string {
  const whole = Math.max(0, Math.round(totalSeconds));
  const parts = [
    { value: Math.floor(whole / 3600), unit: 'hour' },
    { value: Math.floor((whole % 3600) / 60), unit: 'minute' },
    { value: whole % 60, unit: 'second' },
  ].filter(({ value }) => value > 0);
  return parts.length === 0 ? count(0, 'second') : parts.map(({ value, unit }) => count(value, unit)).join(' ');
}
