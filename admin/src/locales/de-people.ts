import type { myAccountAU, peopleAU } from './en-AU-people.ts';

const n = (count: number) => count.toLocaleString('de');
const count = (many: number, one: string, more: string) => `${n(many)} ${many === 1 ? one : more}`;

/** Menschen, ihre Rollen und Sitzungen. */
export const peopleDE: typeof peopleAU = {
  title: 'Menschen',
  one: 'Mensch',
  lead: 'Alle, die sich angemeldet haben. Hier erscheint man mit der ersten Anmeldung; wen ihr eingeladen habt, steht darunter.',
  searchLabel: 'Name oder E-Mail',
  role: 'Rolle',
  status: 'Status',
  statuses: { active: 'Aktiv', suspended: 'Gesperrt' },
  gone: 'Beim Identitätsanbieter gelöscht',
  columns: { name: 'Name', email: 'E-Mail', lastSeen: 'Letzte Anmeldung', firstSeen: 'Erste Anmeldung' },
  emptyTitle: 'Noch niemand',
  emptyBody: 'Hier erscheint man mit der ersten Anmeldung. Lade jemanden ein.',
  you: 'Du',
  about: 'Konto',
  assigned: 'Rolle zugewiesen',
  notAssigned: 'Wie der Identitätsanbieter sagt',
  suspendedSince: 'Gesperrt seit',
  subject: 'Kennung beim Identitätsanbieter',
  id: 'Kontokennung',
  history: 'Rolle und Sperre',
  noHistory: 'Weder Rolle noch Zugang dieses Menschen sind geändert worden.',
  trail: 'Alles über dieses Konto',
  noTrail: 'Über dieses Konto ist noch nichts verzeichnet.',
  became: (from, to) => `${from} → ${to}`,
  ownAccount: 'Das ist dein eigenes Konto: Ein anderer Admin ändert seine Rolle oder sperrt es.',
  acts: {
    role: 'Rolle ändern',
    suspend: 'Sperren',
    restore: 'Sperre aufheben',
    endAll: 'Alle Sitzungen beenden',
    endOthers: 'Alle anderen Sitzungen beenden',
    endOne: 'Beenden',
    endThis: (name) => `${name} beenden`,
  },
  reach: {
    reading: 'Es wird gezählt, was betroffen ist …',
    failed: 'Was betroffen ist, kann gerade nicht gezählt werden. Du kannst trotzdem fortfahren.',
    sessions: (many) => `${count(many, 'nicht beendete Sitzung', 'nicht beendete Sitzungen')}`,
    content: (videos, links, uploads) =>
      `${count(videos, 'Video', 'Videos')}, ${count(links, 'gültiger Freigabelink', 'gültige Freigabelinks')}, ${count(uploads, 'laufender Upload', 'laufende Uploads')}`,
    none: 'An diesem Konto hängt nichts: keine offene Sitzung, kein Video, kein gültiger Link.',
    lastAdmin: 'Das ist der letzte Admin: Bestimme zuerst einen anderen.',
  },
  changeRole: {
    title: (name) => `Rolle von ${name} ändern`,
    field: 'Neue Rolle',
    consequences: (name, role) => [
      `${name} hat jetzt die Rolle ${role}. Diese Macht endet mit der nächsten Anfrage.`,
      'Die neue Rolle gilt, sobald der Identitätsanbieter sie in der Anmeldung nennt: Setze sie auch dort. Bis dahin ist hier nichts möglich.',
      'Videos und Links bleiben, wo sie sind.',
    ],
    confirm: 'Rolle ändern',
    done: 'Die Rolle ist geändert',
    now: 'Rolle jetzt',
  },
  suspend: {
    title: (name) => `${name} sperren`,
    consequences: (links) => [
      'Jede Anfrage von dort wird ab jetzt abgewiesen, was auch immer die Anmeldung sagt.',
      links === undefined
        ? 'Die Freigabelinks lassen niemanden mehr zusehen. Wer gerade zusieht, hört binnen 15 Minuten auf.'
        : links === 0
          ? 'Es gibt keinen gültigen Freigabelink.'
          : `${count(links, 'Freigabelink lässt', 'Freigabelinks lassen')} niemanden mehr zusehen. Wer gerade zusieht, hört binnen 15 Minuten auf.`,
      'Nichts wird gelöscht. Die Sperre aufzuheben macht es rückgängig.',
    ],
    confirm: 'Sperren',
    done: 'Das Konto ist gesperrt',
    at: 'Gesperrt',
    undo: 'Du kannst die Sperre auf dieser Seite jederzeit aufheben.',
  },
  restore: {
    title: (name) => `Sperre von ${name} aufheben`,
    consequences: (links) => [
      'Anmelden und Arbeiten geht sofort wieder.',
      links === undefined
        ? 'Freigabelinks, die noch gültig sind, gehen wieder.'
        : links === 0
          ? 'Es gibt keinen gültigen Freigabelink.'
          : `${count(links, 'noch gültiger Freigabelink geht', 'noch gültige Freigabelinks gehen')} wieder.`,
    ],
    gone: 'Der Identitätsanbieter hat diesen Menschen gelöscht: Anmelden geht nicht, aber die Links gehen wieder.',
    confirm: 'Sperre aufheben',
    done: 'Die Sperre ist aufgehoben',
    at: 'Aufgehoben',
  },
  endSessions: {
    title: (name) => `Alle Sitzungen von ${name} beenden`,
    titleOwn: 'Alle deine anderen Sitzungen beenden',
    titleOne: 'Diese Sitzung beenden',
    consequences: (sessions) => [
      `${count(sessions, 'Sitzung endet', 'Sitzungen enden')} sofort, endgültig und an jeder Tür.`,
      'Wer dort angemeldet ist, muss sich neu anmelden. Was gerade geschrieben und nicht gespeichert wurde, ist verloren.',
      'Das kann nicht rückgängig gemacht werden; eine neue Anmeldung beginnt eine neue Sitzung.',
    ],
    consequencesOwn: (sessions) => [
      `${count(sessions, 'Sitzung endet', 'Sitzungen enden')} sofort und endgültig. Hier bleibst du angemeldet.`,
      'Das kann nicht rückgängig gemacht werden; eine neue Anmeldung beginnt eine neue Sitzung.',
    ],
    consequencesOne: [
      'Sie endet sofort, endgültig und an jeder Tür. Wer dort angemeldet ist, muss sich neu anmelden.',
      'Das kann nicht rückgängig gemacht werden; eine neue Anmeldung beginnt eine neue Sitzung.',
    ],
    consequencesHere: [
      'Es ist die Sitzung, die du benutzt: Du wirst abgemeldet.',
      'Das kann nicht rückgängig gemacht werden; eine neue Anmeldung beginnt eine neue Sitzung.',
    ],
    confirm: 'Sitzungen beenden',
    confirmOne: 'Sitzung beenden',
    done: (sessions) => `${count(sessions, 'Sitzung wurde', 'Sitzungen wurden')} beendet`,
    at: 'Beendet',
    session: 'Sitzung',
  },
  receipt: { person: 'Mensch', audited: 'Es steht im Prüfprotokoll, mit dem Grund.' },
  sessions: {
    title: 'Sitzungen',
    lead: 'Wo sich jemand angemeldet hat. Eine beendete Sitzung wird an jeder Tür abgewiesen.',
    columns: { session: 'Sitzung', first: 'Beginn', last: 'Letzte Anmeldung', state: 'Stand' },
    states: { open: 'Offen', ended: 'Beendet', here: 'Diese Sitzung' },
    none: 'Keine Sitzung ist verzeichnet.',
    why: 'Warum sie beendet wurde',
  },
};

/** Das eigene Konto. */
export const myAccountDE: typeof myAccountAU = {
  title: 'Mein Konto',
  lead: 'Wer du hier bist, wo du angemeldet bist und worüber dir berichtet wird.',
  profile: 'Profil',
  elsewhere:
    'Name und E-Mail kommen vom Identitätsanbieter. Ändere sie dort; mit deiner nächsten Anmeldung gelten sie hier.',
  since: 'Erste Anmeldung',
  zone: 'Zeitzone',
  zoneNote: 'Ändern kannst du sie unter Vorlieben, im Menü deines Kontos.',
  notices: {
    title: 'Benachrichtigungen',
    lead: 'Was du erfährst, und wie. Was als nötig gekennzeichnet ist, betrifft deine Pflichten oder deine Rechte und kann nicht abgeschaltet werden.',
    kind: 'Was geschieht',
    channels: { in_app: 'In der App', email: 'Per E-Mail' },
    required: 'Nötig',
    switch: (kind, channel) => `${kind}: ${channel}`,
    saved: (kind, channel, isOn) => `${kind}: ${channel} ist jetzt ${isOn ? 'an' : 'aus'}`,
    none: 'Für deine Rolle gibt es keine Benachrichtigungen.',
    notOffered: 'Nicht auf diesem Weg',
  },
};
