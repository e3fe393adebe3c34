import type { storyAU } from './en-AU-story.ts';

const n = (count: number) => count.toLocaleString('de');

/** Die Geschichte eines Videos. */
export const storyDE: typeof storyAU = {
  title: 'Die Geschichte dieses Videos',
  lead: 'Upload, Aufnahme, Links, Wiedergaben nach Tagen, und wer was getan hat, das Neueste zuerst.',
  none: 'Noch ist nichts verzeichnet.',
  older: 'Zeigen, was davor war',
  beginning: 'Hier begann es.',
  event: (type) => `Mux meldete ${type}`,
  failures: (attempts) => `nach ${n(attempts)} ${attempts === 1 ? 'Fehlversuch' : 'Fehlversuchen'}`,
  expired: 'Ein Freigabelink endete von selbst',
  plays: (plays) => `${n(plays)} ${plays === 1 ? 'Wiedergabe' : 'Wiedergaben'} an diesem Tag`,
  watched: (time, measured, plays) =>
    measured === 0
      ? 'Niemand der Zuschauenden hat der Messung zugestimmt.'
      : `${time} angesehen, von den ${n(measured)} von ${n(plays)}, die gemessen wurden. Die letzte begann dann.`,
  link: (name) => `Freigabelink ${name}`,
};
