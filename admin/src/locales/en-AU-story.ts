const n = (count: number) => count.toLocaleString('en-AU');

/** The story of a video, in Australian English. */
export const storyAU = {
  title: 'The story of this video',
  lead: 'Upload, recording, links, plays by the day, and who did what, newest first.',
  none: 'Nothing is on record yet.',
  older: 'Show what was before',
  beginning: 'This is where it began.',
  event: (type: string) => `Mux said ${type}`,
  failures: (attempts: number) => `after ${n(attempts)} failed ${attempts === 1 ? 'attempt' : 'attempts'}`,
  expired: 'A share link ended by itself',
  plays: (plays: number) => `${n(plays)} ${plays === 1 ? 'play' : 'plays'} on this day`,
  watched: (time: string, measured: number, plays: number) =>
    measured === 0
      ? 'None of the viewers agreed to be measured.'
      : `${time} watched, by the ${n(measured)} of ${n(plays)} that were measured. The last began then.`,
  link: (name: string) => `Link ${name}`,
};
