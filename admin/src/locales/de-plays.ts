import type { playsAU } from './en-AU-plays.ts';

const n = (count: number) => count.toLocaleString('de');
const plays = (count: number) => `${n(count)} ${count === 1 ? 'Wiedergabe' : 'Wiedergaben'}`;

/** Was angesehen wurde. */
export const playsDE: typeof playsAU = {
  title: 'Wiedergaben',
  lead: 'Was über deine Links angesehen wurde. Eine Wiedergabe ist, wer anfing zuzusehen.',
  leadAll: 'Was über alle Links angesehen wurde. Eine Wiedergabe ist, wer anfing zuzusehen.',
  section: 'Was angesehen wurde',
  plays,
  figures: {
    plays: 'Wiedergaben',
    watched: 'Angesehene Zeit',
    completion: 'Im Schnitt gesehen',
    loading: 'Warten aufs Laden',
    errors: 'Mit Fehlern',
    none: 'Noch nicht bekannt',
    measured: (measured, all) =>
      measured === all
        ? 'Alle Zuschauer haben der Messung zugestimmt.'
        : `${n(measured)} von ${plays(all)} gemessen: ${all - measured === 1 ? 'Der andere Zuschauer hat' : 'Die anderen Zuschauer haben'} nicht zugestimmt. Sie zählen als Wiedergaben, aber in keinem Durchschnitt.`,
  },
  emptyTitle: 'Noch hat niemand zugesehen',
  emptyBody: 'Sobald jemand den Link öffnet und zuzusehen beginnt, wird es hier gezählt.',
  curve: {
    title: 'Wie weit zugesehen wird',
    summary: (begin, middle, end) =>
      `Von den gemessenen Wiedergaben liefen ${begin} am Anfang, ${middle} in der Mitte und ${end} am Ende.`,
    at: (time, share) => `Bei ${time}: ${share}`,
    hint: 'Zeig auf die Kurve, um sie abzulesen.',
    table: 'Als Tabelle',
    part: 'Abschnitt des Videos',
    share: 'Sahen ihn',
    from: (from, to) => `${from} bis ${to}`,
    empty: 'Die Kurve erscheint mit dem ersten Zuschauer, der der Messung zustimmt.',
  },
  days: {
    title: (days) => `Letzte ${days} Tage`,
    summary: (count, watched, days) => `${plays(count)} in ${days} Tagen, ${watched} angesehen.`,
    day: 'Tag',
    plays: 'Wiedergaben',
    watched: 'Angesehen',
    table: 'Als Tabelle',
    empty: 'Keine Wiedergaben in dieser Zeit.',
    zone: (zone) => `Tage in ${zone}`,
    all: 'Alle Wiedergaben ansehen',
  },
  sessions: {
    title: 'Zuschauer',
    columns: {
      started: 'Beginn',
      video: 'Video',
      link: 'Link',
      viewer: 'Zuschauer',
      watched: 'Angesehen',
      time: 'Angesehene Zeit',
      loading: 'Gewartet',
      errors: 'Fehler',
      by: 'Geöffnet mit',
      lastEvent: 'Letzte Meldung',
      session: 'Sitzungskennung',
      rebuffered: 'Stand still, um zu laden',
    },
    anybody: 'Jemand mit dem Link',
    notStarted: 'Hat nicht begonnen',
    notMeasured: 'Nicht gemessen',
    notMeasuredHint: 'Begann zuzusehen und hat der Messung nicht zugestimmt.',
    ended: 'Bis zum Ende',
    share: (share) => `${share} des Videos`,
    errors: (count) => `${n(count)} Fehler`,
    noErrors: 'Keine',
    when: 'Beginn zwischen',
    measured: 'Gemessen',
    yes: 'Gemessen',
    no: 'Nicht gemessen',
    unlabelled: 'Link ohne Bezeichnung',
  },
  recipients: {
    title: 'Wer zugesehen hat',
    columns: {
      recipient: 'Empfänger',
      state: 'Angesehen',
      plays: 'Wiedergaben',
      time: 'Angesehene Zeit',
      last: 'Zuletzt',
    },
    watched: 'Hat zugesehen',
    notWatched: 'Hat nicht zugesehen',
    domain: (domain) => `Alle bei ${domain}`,
  },
  export: {
    action: 'Als CSV exportieren',
    running: 'Export läuft …',
    failedTitle: 'Der Export ist nicht gelungen',
    nothingSaved: 'Nichts wurde gespeichert. Versuch es noch einmal.',
    done: (name) => `Gespeichert als ${name}.`,
  },
};
