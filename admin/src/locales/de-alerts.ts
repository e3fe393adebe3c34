import type { alertsAU } from './en-AU-alerts.ts';

/** Alarme, auf Deutsch. */
export const alertsDE: typeof alertsAU = {
  title: 'Alarme',
  one: 'Alarm',
  lead: 'Was die Programme Falsches gefunden haben. Ein kritischer Alarm, den binnen 15 Minuten niemand bestätigt, wird eskaliert.',
  searchLabel: 'Wörter oder Schlüssel',
  severity: 'Schwere',
  state: 'Stand',
  states: { firing: 'Schlägt an', acknowledged: 'Jemand kümmert sich', resolved: 'Erledigt' },
  occurrences: 'Male',
  openedAt: 'Seit',
  acts: 'Aktionen',
  emptyTitle: 'Kein Alarm',
  emptyBody: 'Bisher ist nichts schiefgegangen, wovon jemand wissen muss.',
  byItself: 'Er endete von selbst.',
  details: {
    key: 'Schlüssel',
    lastRaised: 'Zuletzt ausgelöst',
    escalated: 'Eskaliert',
    acknowledged: 'Bestätigt',
    resolved: 'Erledigt',
  },
  acknowledge: {
    act: 'Bestätigen',
    open: (title) => `Bestätigen: ${title}`,
    title: 'Diesen Alarm bestätigen',
    consequences: ['Du kümmerst dich: Er wird nicht mehr eskaliert, außer er wird schlimmer.'],
    confirm: 'Bestätigen',
  },
  resolve: {
    act: 'Erledigen',
    open: (title) => `Erledigen: ${title}`,
    title: 'Diesen Alarm erledigen',
    consequences: ['Er ist vorbei. Kommt dieselbe Bedingung wieder, ist das ein neuer Alarm.'],
    confirm: 'Erledigen',
  },
};
