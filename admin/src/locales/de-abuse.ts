import type { rateLimitsAU } from './en-AU-abuse.ts';

const n = (count: number) => count.toLocaleString('de');

function stretch(seconds: number): string {
  if (seconds % 3_600 === 0) return seconds === 3_600 ? 'einer Stunde' : `${n(seconds / 3_600)} Stunden`;
  if (seconds % 60 === 0) return seconds === 60 ? 'einer Minute' : `${n(seconds / 60)} Minuten`;
  return `${n(seconds)} Sekunden`;
}

/** Begrenzungen und Missbrauch. */
export const rateLimitsDE: typeof rateLimitsAU = {
  title: 'Begrenzungen und Missbrauch',
  lead: 'Was begrenzt ist, wer eine Grenze überschreitet und was nach Missbrauch aussieht. Adressen erscheinen nur als Hash mit Schlüssel.',
  store: {
    process: 'Im Prozess der API gezählt',
    redis: 'In Redis gezählt, von allen Prozessen gemeinsam',
    lost: 'Redis ist nicht da: Jeder Prozess zählt für sich',
  },
  rules: {
    title: 'Grenzen',
    name: 'Regel',
    none: 'Es gibt keine Grenzen.',
    limit: 'Grenze',
    per: (points, seconds) => `${n(points)} in ${stretch(seconds)}`,
    countedBy: 'Gezählt nach',
    keys: { address: 'Adresse', link: 'Link', account: 'Konto', 'address+link': 'Adresse und Link' },
    counted: 'Zählt',
    always: 'Jede Anfrage',
    onlyRefused: 'Nur fehlgeschlagene',
    mode: 'Modus',
    modes: { enforce: 'Durchgesetzt', monitor: 'Beobachtet', off: 'Aus' },
    routes: 'Routen',
    noRoutes: 'Keine',
  },
  hits: {
    title: 'Über einer Grenze in den letzten 24 Stunden',
    none: 'Niemand war über einer Grenze.',
    hour: 'Stunde ab',
    outcome: 'Ergebnis',
    outcomes: { enforce: 'Abgewiesen', monitor: 'Durchgelassen' },
    requests: 'Anfragen',
    addresses: 'Adressen',
  },
  offenders: {
    title: 'Adressen, die am häufigsten über einer Grenze sind',
    address: 'Adresse (Hash)',
    none: 'Keine Adresse war in den letzten 24 Stunden über einer Grenze.',
    hits: 'Anfragen',
    rules: 'Regeln',
    last: 'Zuletzt',
    block: 'Sperre',
    blocked: 'Gesperrt',
    until: 'bis',
    doBlock: 'Sperren …',
    blockThis: (hash) => `${hash} sperren …`,
  },
  blocks: {
    title: 'Gesperrte Adressen',
    none: 'Keine Adresse ist gesperrt worden.',
    state: 'Stand',
    states: { stands: 'Gesperrt', lifted: 'Aufgehoben', expired: 'Ausgelaufen' },
    since: 'Seit',
    until: 'Bis zum',
    lift: 'Aufheben',
    doLift: 'Aufheben …',
    liftThis: (hash) => `Sperre von ${hash} aufheben …`,
  },
  signs: {
    title: 'Anzeichen von Missbrauch',
    name: 'Regel',
    none: 'Nichts wird beobachtet.',
    what: 'Was gezählt wird',
    threshold: 'Alarm ab',
    from: (threshold, minutes) => `${n(threshold)} in ${stretch(minutes * 60)}`,
    now: 'Jetzt',
    alerts: { firing: 'Alarm', acknowledged: 'Zur Kenntnis genommen' },
    notWatched: 'Nicht beobachtet',
    quiet: 'Nichts gefunden',
    change: 'Ändern',
    doChange: 'Ändern …',
    changeThis: (rule) => `${rule} ändern …`,
  },
  block: {
    open: 'Eine Adresse sperren …',
    title: 'Adresse sperren?',
    confirm: 'Sperren',
    hash: 'Die Adresse mit dem Hash',
    address: 'IP-Adresse',
    addressHint: 'Etwa 203.0.113.7 oder 2001:db8::1. Sie wird sofort gehasht und nirgends aufbewahrt.',
    consequences: [
      'Innerhalb von 30 Sekunden kann hinter dieser Adresse niemand mehr einen Freigabelink öffnen, Gesehenes melden oder hochladen.',
      'Es kann eine Schule oder ein Verein sein: Alle dort sind ausgesperrt. Bei einer IPv6-Adresse ist es das ganze /64.',
    ],
    life: 'Für',
    lives: [
      { hours: 1, label: 'Eine Stunde' },
      { hours: 24, label: 'Einen Tag' },
      { hours: 24 * 7, label: 'Eine Woche' },
      { hours: 24 * 30, label: '30 Tage' },
    ],
  },
  lift: {
    title: 'Sperre aufheben?',
    confirm: 'Sperre aufheben',
    what: (hash) => `Innerhalb von 30 Sekunden wird die Adresse mit dem Hash ${hash} wieder eingelassen.`,
  },
  changeRule: {
    title: (rule) => `Ändern, was ein Alarm ist: ${rule}`,
    confirm: 'Ändern',
    threshold: 'Alarm ab wie vielen',
    window: 'In wie vielen Minuten',
    watched: 'Beobachtet',
  },
};
