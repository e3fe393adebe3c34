import { rateLimitsDE } from './de-abuse.ts';
import { alertsDE } from './de-alerts.ts';
import { auditDE } from './de-audit.ts';
import { dashboardDE } from './de-dashboard.ts';
import { erasuresDE } from './de-erasures.ts';
import { flagsDE } from './de-flags.ts';
import { invitationsDE } from './de-invitations.ts';
import { keysDE } from './de-keys.ts';
import { boundDE, cutDE, linksDE, revocationsDE, whyDE } from './de-links.ts';
import { jobsDE, reconciliationDE, uploadsDE, webhooksDE } from './de-operations.ts';
import { myAccountDE, peopleDE } from './de-people.ts';
import { playsDE } from './de-plays.ts';
import { storyDE } from './de-story.ts';
import { verifyDE } from './de-verify.ts';
import type { enAU } from './en-AU.ts';

const n = (many: number) => many.toLocaleString('de');
const count = (many: number, one: string, more: string) => `${n(many)} ${many === 1 ? one : more}`;

/** Deutsch. */
export const de: typeof enAU = {
  brand: { name: 'Motion Mavericks', product: 'Verwaltung' },

  boot: {
    starting: 'Die Verwaltung wird gestartet',
    failedTitle: 'Die Verwaltung kann nicht starten',
    failedBody:
      'Ihr Server hat nicht geantwortet. Nichts ist verloren. Prüfe deine Verbindung und versuch es noch einmal.',
  },

  actions: {
    tryAgain: 'Noch einmal versuchen',
    cancel: 'Abbrechen',
    close: 'Schließen',
    save: 'Speichern',
    discard: 'Änderungen verwerfen',
    clearFilters: 'Filter leeren',
    filters: (many) => (many === 0 ? 'Filter' : `Filter (${many})`),
    reload: 'Neu laden',
    backTo: (place) => `Zurück zu ${place}`,
  },

  signIn: {
    title: 'Anmelden',
    body: 'Teile Trainingsvideos sicher, sieh, wer sie gespielt hat, und beende einen Link jederzeit.',
    button: 'Weiter zur Anmeldung',
    leaving: 'Es geht zur Anmeldung …',
    ended: 'Deine Sitzung ist beendet. Melde dich wieder an, um weiterzumachen.',
    signedOut: 'Du bist abgemeldet.',
  },

  account: {
    menu: 'Konto',
    signOut: 'Abmelden',
    signOutEverywhere: 'Überall abmelden',
    everywhereTitle: 'Überall abmelden?',
    everywhereBody:
      'Jeder Browser und jedes Gerät, an dem du angemeldet bist, wird binnen einer Minute abgemeldet. Du kannst dich wieder anmelden.',
    as: (role) => `Angemeldet als ${role}`,
    suspendedTitle: 'Dein Konto ist gesperrt',
    suspendedBody:
      'Du kannst dich anmelden, aber die Verwaltung ist dir verschlossen. Bitte einen Admin, die Sperre aufzuheben.',
    failedTitle: 'Dein Konto kann nicht geladen werden',
    timeZone: (zone) => `Zeiten werden in ${zone} gezeigt`,
    roles: {
      coach: 'Coach',
      admin: 'Admin',
      compliance: 'Datenschutz',
      operator: 'Betrieb',
      auditor: 'Prüfung',
    },
  },

  stepUp: {
    title: 'Bestätige, dass du es bist',
    once: 'Was du vorhast, reicht weit und braucht deshalb einen Nachweis von diesem Augenblick. Jede Bestätigung dient einer Handlung.',
    soon: 'Du hast gerade eine andere Handlung bestätigt, und eine Bestätigung binnen einer Minute danach gilt als dieselbe. Warte eine Minute und bestätige dann noch einmal.',
    confirm: (name) => `Ich bin ${name}`,
    givenUp: 'Du hast nicht bestätigt, dass du es bist, also wurde nichts getan.',
  },

  shell: {
    skip: 'Zum Inhalt springen',
    navigation: 'Hauptnavigation',
    menu: 'Menü',
    groups: { work: 'Arbeit', safety: 'Sicherheit', operations: 'Betrieb', account: 'Konto' },
    breadcrumbs: 'Pfad',
    collapse: 'Navigation einklappen',
    expand: 'Navigation ausklappen',
    theme: 'Farben',
    themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
    loadingPage: 'Die Seite wird geladen',
    pageFailedTitle: 'Diese Seite kann nicht gezeigt werden',
    pageFailedBody: 'Etwas darin ist kaputtgegangen. Neu laden hilft meistens, auch nach einer neuen Version.',
    offline: 'Du bist offline. Was du siehst, ist vielleicht veraltet.',
  },

  sheets: {
    palette: {
      title: 'Finden oder tun',
      button: 'Finden oder tun …',
      label: 'Seiten, Handlungen und Einträge',
      placeholder: 'Eine Seite, eine Handlung, ein Video, ein Link, ein Mensch …',
      records: 'Einträge',
      pages: 'Seiten',
      actions: 'Handlungen',
      searching: 'Es wird gesucht …',
      found: (many) => (many === 0 ? 'Nichts passt.' : count(many, 'Treffer', 'Treffer')),
    },
    keys: {
      title: 'Tastenkürzel',
      pages: 'Zu einer Seite gehen',
      search: 'Zum Suchfeld gehen',
      close: 'Schließen, was offen ist',
      afterwards: 'dann',
      single: 'Tasten, die allein wirken',
      singleHint: 'Schalte sie ab, wenn du mit deinem Gerät sprichst. Das gilt für dieses Gerät.',
    },
    preferences: {
      title: 'Vorlieben',
      timeZone: 'Zeitzone',
      timeNow: 'Jetzt ist',
      deviceZone: (zone) => `Wie dieses Gerät: ${zone}`,
      language: 'Sprache',
      languageHint: 'Die Seite wird dafür neu geladen. Was der Server sagt, bleibt Englisch.',
      deviceLanguage: 'Wie dieses Gerät',
      density: 'Dichte der Listen',
      densities: { comfortable: 'Luftig', compact: 'Dicht' },
      themeHint: 'Die Farben werden für dieses Gerät behalten, alles andere für alle deine Geräte.',
      notKept: (why) => `Hier wird es so gezeigt, konnte für deine anderen Geräte aber nicht behalten werden: ${why}`,
    },
  },

  views: {
    title: 'Gespeicherte Ansichten',
    none: 'Du hast noch keine Ansicht dieser Liste gespeichert. Stell Filter, Reihenfolge und Spalten ein und gib ihnen einen Namen.',
    name: 'Name dessen, was jetzt gezeigt wird',
    save: 'Speichern',
    replace: 'Ersetzen',
    remove: (name) => `Ansicht ${name} löschen`,
  },

  notices: {
    title: 'Nachrichten',
    button: (unread, isAtLeast) =>
      unread === 0 ? 'Nachrichten' : `Nachrichten, ${unread}${isAtLeast ? ' oder mehr' : ''} ungelesen`,
    unread: 'Ungelesen:',
    mark: 'Als gelesen kennzeichnen',
    markAll: 'Alle als gelesen kennzeichnen',
    none: 'Noch keine Nachrichten',
    noneBody: 'Hier erfährst du, wenn etwas geschieht, das dich betrifft.',
    revoked: (many, videos) =>
      many === 1
        ? `Ein Freigabelink zu ${videos} wurde widerrufen`
        : `${count(many, 'Freigabelink', 'Freigabelinks')} zu ${videos} wurden widerrufen`,
    alert: 'Alarm',
    escalated: 'Niemand hat diesen Alarm rechtzeitig zur Kenntnis genommen',
  },

  nav: {
    dashboard: 'Übersicht',
    videos: 'Videos',
    shareLinks: 'Freigabelinks',
    plays: 'Wiedergaben',
    revocations: 'Widerrufe',
    why: 'Warum angesehen',
    bound: 'Frist des Widerrufs',
    activity: 'Verlauf',
    decisions: 'Entscheidungen',
    audit: 'Prüfprotokoll',
    webhooks: 'Webhook-Ereignisse',
    uploads: 'Uploads',
    jobs: 'Aufträge',
    rateLimits: 'Begrenzungen',
    reconciliation: 'Abgleich',
    keys: 'Schlüssel',
    people: 'Menschen',
    erasures: 'Löschungen',
    alerts: 'Alarme',
    flags: 'Funktionsschalter',
    myAccount: 'Mein Konto',
  },

  refused: {
    title: 'Nicht für deine Rolle',
    body: (role) => `Du bist als ${role} angemeldet, und diese Seite gehört zu einer anderen Rolle.`,
    notFoundTitle: 'Diese Seite gibt es nicht',
    notFoundBody: 'Vielleicht ist die Adresse vertippt, oder die Seite ist umgezogen.',
    home: 'Zur Startseite',
  },

  errors: {
    listTitle: 'Die Liste kann nicht geladen werden',
    recordTitle: 'Das kann nicht geladen werden',
    missingTitle: 'Hier ist nichts',
    offlineTitle: 'Keine Verbindung',
    signedOutTitle: 'Deine Sitzung ist beendet',
    refusedTitle: 'Das darfst du nicht sehen',
    conflictTitle: 'Das hat sich inzwischen geändert',
    requestId: 'Anfragekennung',
    unnamed: 'Etwas Unerwartetes ist geschehen.',
  },

  release: {
    title: 'Eine neue Version ist erschienen',
    body: 'Diese Seite gehört zur vorigen Version, und ein Teil davon ist nicht mehr da. Lade sie neu, um weiterzumachen.',
    bodyUploads:
      'Diese Seite gehört zur vorigen Version, und ein Teil davon ist nicht mehr da. Uploads laufen: Warte auf sie und lade dann neu.',
    notice: 'Eine neue Version ist erschienen. Was du geschrieben hast, bleibt, bis du neu lädst.',
    skewTitle: 'Der Server spricht eine neuere Version',
    offlineTitle: 'Diese Seite wurde noch nicht geladen',
    offlineBody: 'Es gibt keine Verbindung zum Server. Die Seite wird geladen, sobald es eine gibt.',
  },

  list: {
    total: (shown, total, sure) =>
      `${shown} von ${sure === 'about' ? 'etwa ' : ''}${n(total)}${sure === 'orMore' ? ' oder mehr' : ''}`,
    sortBy: 'Sortieren nach',
    ascending: 'aufsteigend',
    descending: 'absteigend',
    page: 'Seite der Liste',
    previousPage: 'Vorige Seite',
    nextPage: 'Nächste Seite',
    goToPage: (page) => `Seite ${page}`,
    pageOf: (page, last) => `${page} von ${last}`,
    pageSize: 'Zeilen auf einer Seite',
    rowsPerPage: (size) => `${size} je Seite`,
    noMatchTitle: 'Nichts passt',
    noMatchBody: 'Ändere die Suche oder leere die Filter, um mehr zu sehen.',
    loading: 'Die Liste wird geladen',
    details: 'Einzelheiten zeigen',
    actions: 'Handlungen',
    selectPage: 'Alle auf dieser Seite auswählen',
    export: {
      action: 'Als CSV exportieren',
      running: 'Wird exportiert …',
      done: (name: string) => `Als ${name} gespeichert.`,
      failed: (why: string) =>
        `Der Export ist nicht gelungen. ${why} Es wurde nichts gespeichert. Bitte noch einmal versuchen.`.replace(
          / +/g,
          ' ',
        ),
    },
    columnsTitle: 'Spalten',
    columns: (shown, all) => (shown === all ? 'Spalten' : `Spalten (${shown} von ${all})`),
    from: 'Von',
    to: 'Bis',
    any: 'Beliebig',
  },

  time: {
    never: 'Nie',
    none: '–',
    justNow: 'gerade eben',
  },

  copy: {
    label: (what) => `${what} kopieren`,
    done: (what) => `${what} kopiert`,
    failed: 'Der Browser hat das Kopieren abgelehnt. Markiere den Text und kopiere ihn von Hand.',
  },

  videos: {
    title: 'Videos',
    one: 'Video',
    lead: 'Lade eine Aufnahme hoch und teile sie dann durch einen Link, der endet.',
    leadAll: 'Die Videos aller Coaches.',
    searchLabel: 'Videos nach Titel suchen',
    columns: {
      title: 'Titel',
      status: 'Status',
      coach: 'Coach',
      duration: 'Länge',
      links: 'Aktive Links',
      created: 'Angelegt',
    },
    status: {
      uploading: 'Wird hochgeladen',
      processing: 'Wird verarbeitet',
      cancelled: 'Abgebrochen',
      errored: 'Fehlgeschlagen',
      ready: 'Bereit',
      deleted: 'Gelöscht',
    },
    activeLinks: (many) => (many === 0 ? 'Keine' : count(many, 'Link', 'Links')),
    emptyTitle: 'Noch keine Videos',
    emptyCoach: 'Zieh eine Datei in das Feld oben. Ist sie bereit, kannst du sie teilen.',
    emptyOther: 'Sobald ein Coach ein Video hochlädt, wird es hier aufgeführt.',
    description: 'Beschreibung',
    noDescription: 'Keine Beschreibung.',
    edit: 'Titel und Beschreibung bearbeiten',
    saved: 'Titel und Beschreibung sind gespeichert.',
    conflictTitle: 'Jemand anders hat dieses Video inzwischen geändert',
    conflictBody: (title) =>
      `Sein Titel ist jetzt „${title}“. Speichere noch einmal, um ihn durch deinen zu ersetzen, oder verwirf deinen.`,
    titleNeeded: 'Gib dem Video einen Titel.',
    titleTooLong: 'Ein Titel hat höchstens 200 Zeichen.',
    descriptionTooLong: 'Eine Beschreibung hat höchstens 2.000 Zeichen.',
    details: 'Einzelheiten',
    id: 'Videokennung',
    aspectRatio: 'Seitenverhältnis',
    file: 'Datei',
    failedWhy: 'Warum es fehlschlug',
    uploadAgain: 'Noch einmal hochladen',
    timeline: 'Verlauf des Zustands',
    steps: {
      requested: 'Upload verlangt',
      uploading: 'Upload begonnen',
      processing: 'Verarbeitung begonnen',
      ready: 'Bereit zum Teilen',
      errored: 'Fehlgeschlagen',
      cancelled: 'Abgebrochen',
      expired: 'Zeit des Uploads abgelaufen',
      waiting: 'Noch nicht',
    },
    links: 'Freigabelinks',
    noLinks: 'Dieses Video hat noch keine Freigabelinks.',
    noLinksNotReady: 'Dieses Video wurde nie fertig und kann deshalb nicht geteilt werden.',
  },

  preview: {
    heading: 'Vorschau',
    play: 'Vorschau abspielen',
    loading: 'Die Vorschau wird vorbereitet',
    recorded: 'Das Video eines Coachs abzuspielen wird im Prüfprotokoll verzeichnet.',
    notReady: 'Die Vorschau gibt es, sobald das Video bereit ist.',
    failedTitle: 'Die Vorschau kann nicht gespielt werden',
    failedBody: 'Der Videodienst hat sie nicht geliefert.',
    neverReady: 'Es gibt nichts zu spielen: Das Video wurde nie fertig.',
  },

  upload: {
    heading: 'Videos hochladen',
    drop: 'Videos hierher ziehen',
    choose: 'Dateien wählen',
    limits: (size) => `MP4, MOV, WebM und andere Videodateien, je bis zu ${size}.`,
    dropNow: 'Loslassen, um die Videos hinzuzufügen',
    queue: 'Uploads',
    titleLabel: (file) => `Titel für ${file}`,
    start: (many) => (many === 1 ? '1 Video hochladen' : `${many} Videos hochladen`),
    startOne: 'Hochladen',
    remove: 'Aus der Liste nehmen',
    clearFinished: 'Fertige entfernen',
    pause: 'Anhalten',
    resume: 'Fortsetzen',
    cancel: 'Upload abbrechen',
    retry: 'Noch einmal versuchen',
    open: 'Video öffnen',
    state: {
      staged: 'Noch nicht begonnen',
      rejected: 'Kann nicht hochgeladen werden',
      queued: 'Als Nächstes dran',
      requesting: 'Wird vorbereitet',
      uploading: 'Wird hochgeladen',
      waiting: 'Verbindung verloren, wird von selbst wieder versucht',
      paused: 'Angehalten',
      failed: 'Fehlgeschlagen',
      cancelling: 'Wird abgebrochen',
      cancelled: 'Abgebrochen',
      sent: 'Hochgeladen, wird verarbeitet',
      ready: 'Bereit zum Abspielen',
      refused: 'Nicht brauchbar',
    },
    progress: (percent, sent, size) => `${percent} % · ${sent} von ${size}`,
    speed: (perSecond, left) => `${perSecond}/s · noch ${left}`,
    progressLabel: (title) => `Fortschritt von ${title}`,
    announce: (title, state) => `${title}: ${state}`,
    notVideo: 'Das ist keine Videodatei.',
    empty: 'Die Datei ist leer.',
    tooLarge: (size) => `Die Datei ist größer als ${size}.`,
    interrupted:
      'Die Verbindung ging zu oft verloren. Was ankam, bleibt erhalten; versuch es noch einmal, um fortzufahren.',
    linkEnded: 'Der Upload konnte nicht fortfahren, wo er war. Versuch es noch einmal, um ihn neu zu beginnen.',
    unreadable: 'Der Browser kann diese Datei nicht mehr lesen. Nimm sie heraus und wähle sie noch einmal.',
    doubtful:
      'Diese Datei beginnt nicht wie ein Video und ist vielleicht beschädigt. Spiel sie auf deinem Rechner ab, bevor du sie hochlädst.',
    invalidInput:
      'Die Datei kann nicht als Video gelesen werden. Sie ist vielleicht beschädigt oder abgeschnitten, oder von unbekannter Art. Spiel sie auf deinem Rechner ab: Läuft sie dort, exportiere sie neu als MP4 und lade diese Datei hoch.',
    unprocessed:
      'Die Datei kam an, aber daraus wurde kein Video. Lade sie noch einmal hoch; misslingt auch das, exportiere sie neu als MP4 und lade diese Datei hoch.',
    overall: (many, percent) => `${count(many, 'Upload', 'Uploads')} · ${percent} %`,
    overallLabel: 'Fortschritt aller Uploads',
    pauseAll: 'Alle anhalten',
    resumeAll: 'Alle fortsetzen',
    show: 'Uploads zeigen',
    dock: 'Laufende Uploads',
    quota: {
      left: (many, all) => `Heute noch ${n(many)} von ${count(all, 'Upload', 'Uploads')}.`,
      none: (all, when) =>
        `Du hast deine ${count(all, 'Upload', 'Uploads')} der letzten 24 Stunden verbraucht. Der nächste ist um ${when} möglich.`,
      tooMany: (staged, many) =>
        `${count(staged, 'Video', 'Videos')} gewählt, aber nur ${n(many)} können heute beginnen. Die übrigen werden abgewiesen, bis wieder mehr möglich sind.`,
      refused: (when) =>
        `Du hast deine Uploads der letzten 24 Stunden verbraucht. Der nächste ist um ${when} möglich; versuch es dann noch einmal.`,
    },
    share: {
      wish: 'Teilen, sobald bereit',
      life: 'Der Link lebt',
      hours: (hours) => (hours % 24 === 0 && hours > 24 ? `${hours / 24} Tage` : `${hours} Stunden`),
      label: 'Bezeichnung des Links (freiwillig)',
      hint: 'Du bekommst den Link, sobald der Upload beginnt, und ab dann zählt seine Lebenszeit. Er spielt, sobald das Video bereit ist.',
      field: (title) => `Freigabelink zu ${title}`,
      once: 'Kopiere den Link jetzt: Er wird nur hier gezeigt, bis du diese Seite verlässt oder neu lädst.',
      works: (when) => `Er gilt, sobald das Video bereit ist, bis ${when}.`,
      removeTitle: 'Entfernen, ohne den Link zu kopieren?',
      removeAnyway: 'Trotzdem entfernen',
    },
    unfinished: {
      heading: 'Unfertige Uploads',
      lead: 'Sie wurden unterbrochen oder laufen in einem anderen Browser weiter. Wähle dieselbe Datei noch einmal, und es geht weiter, wo es aufhörte.',
      choose: 'Datei noch einmal wählen',
      began: 'Begann',
      until: (when) => `Kann bis ${when} weitergehen.`,
      otherFile: (name) =>
        `Das ist nicht die Datei, mit der der Upload begann. Wähle „${name}“, wie sie damals war, oder brich diesen Upload ab und beginne neu.`,
      arrived: 'Die ganze Datei ist schon angekommen. Es gibt nichts mehr zu senden.',
      over: 'Dieser Upload ist zu Ende. Füge die Datei als neuen Upload hinzu.',
      checking: 'Die Datei wird geprüft',
    },
    signOutTitle: 'Abmelden, während Uploads laufen?',
    signOutBody:
      'Sie halten hier an. Wähle nach dem Anmelden dieselben Dateien, und sie gehen weiter, wo sie aufhörten.',
    cancelTitle: 'Diesen Upload abbrechen?',
    cancelBody: (title) => `„${title}“ wird nicht hochgeladen. Was bisher ankam, wird weggeworfen.`,
    keep: 'Weiter hochladen',
  },

  links: linksDE,

  revocations: revocationsDE,

  cut: cutDE,

  bound: boundDE,

  why: whyDE,

  reason: {
    label: 'Grund',
    optional: 'Grund (freiwillig)',
    hint: 'Wird im Prüfprotokoll aufbewahrt.',
    tooShort: 'Gib einen Grund mit mindestens 3 Zeichen an.',
    tooLong: 'Ein Grund hat höchstens 500 Zeichen.',
  },

  decisions: {
    title: 'Wiedergabe-Entscheidungen',
    lead: 'Jedes Mal, wenn jemand ein Video spielen wollte: was entschieden wurde, und nach welcher Regel.',
    searchLabel: 'Nach öffentlicher Kennung oder Anfragekennung suchen',
    columns: {
      when: 'Wann',
      outcome: 'Entscheidung',
      rule: 'Warum',
      video: 'Video',
      link: 'Link',
      by: 'Geöffnet mit',
      until: 'Erlaubt bis',
    },
    allowed: 'Erlaubt',
    refused: 'Abgewiesen',
    outcome: 'Entscheidung',
    kind: 'Geöffnet durch',
    kinds: { share: 'Freigabelink', preview: 'Vorschau des Personals' },
    rules: {
      'play.allowed': 'Der Link galt und das Video war bereit.',
      'play.unknown_link': 'Kein Link hat diese öffentliche Kennung.',
      'play.wrong_secret': 'Das Geheimnis des Links war falsch oder fehlte.',
      'play.revoked': 'Der Link wurde widerrufen.',
      'play.expired': 'Der Link ist abgelaufen.',
      'play.not_started': 'Der Link gilt noch nicht.',
      'play.views_exhausted': 'Alle Zuschauerplätze des Links sind verbraucht.',
      'play.origin_refused': 'Eine andere Website zeigte den Link, und der Link nennt diese Website nicht.',
      'play.sign_in_needed': 'Der Link ist für Angemeldete.',
      'play.recipient_needed': 'Der Link ist für genannte Menschen, und das war keiner davon.',
      'play.passphrase_needed': 'Das Kennwort des Links wurde nicht angegeben.',
      'play.switched_off': 'Die Wiedergabe war abgeschaltet.',
      'play.not_ready': 'Das Video wurde noch verarbeitet.',
      'play.video_unavailable': 'Das Video ist nicht mehr verfügbar.',
      'play.coach_suspended': 'Das Konto des Coachs ist gesperrt.',
    },
    ruleLabels: {
      'play.allowed': 'Gültiger Link',
      'play.unknown_link': 'Unbekannter Link',
      'play.wrong_secret': 'Falsches Geheimnis',
      'play.revoked': 'Widerrufen',
      'play.expired': 'Abgelaufen',
      'play.not_started': 'Noch nicht begonnen',
      'play.views_exhausted': 'Plätze verbraucht',
      'play.origin_refused': 'Website abgewiesen',
      'play.sign_in_needed': 'Anmeldung nötig',
      'play.recipient_needed': 'Kein Empfänger',
      'play.passphrase_needed': 'Kennwort nötig',
      'play.switched_off': 'Abgeschaltet',
      'play.not_ready': 'Nicht bereit',
      'play.video_unavailable': 'Video nicht verfügbar',
      'play.coach_suspended': 'Coach gesperrt',
    },
    otherRule: (rule) => `Entschieden nach der Regel ${rule}.`,
    rule: 'Regel',
    renewal: '(sieht weiter)',
    plays: 'Wiedergaben',
    starts: 'Neue Wiedergaben',
    renewals: 'Sieht weiter',
    unknownAgent: 'Unbekanntes Programm',
    requestId: 'Anfragekennung',
    emptyTitle: 'Noch hat niemand etwas gespielt',
    emptyBody: 'Sobald jemand einen Freigabelink öffnet, wird jede Entscheidung hier aufgeführt.',
    when: 'Entschieden zwischen',
  },

  audit: auditDE,

  verify: verifyDE,

  dashboard: dashboardDE,

  people: peopleDE,
  invitations: invitationsDE,
  erasures: erasuresDE,
  alerts: alertsDE,

  flags: flagsDE,

  myAccount: myAccountDE,

  runbook: 'Wenn hier etwas nicht stimmt:',

  webhooks: webhooksDE,

  uploads: uploadsDE,

  plays: playsDE,

  story: storyDE,
  jobs: jobsDE,
  keys: keysDE,

  rateLimits: rateLimitsDE,

  reconciliation: reconciliationDE,

  faults: {
    missing: 'Fülle das aus.',
    unknown: 'Das gibt es nicht mehr. Wähle etwas anderes.',
    taken: 'Das ist schon vergeben. Wähle etwas anderes.',
    refused: 'Dieser Wert ist nicht erlaubt.',
  },
  problems: {
    offline: 'Der Server ist nicht zu erreichen. Prüfe deine Verbindung und versuch es noch einmal.',
    identityAway: 'Der Anmeldedienst ist nicht zu erreichen. Prüfe deine Verbindung und versuch es noch einmal.',
    badRequest: 'Der Server hat diese Anfrage nicht verstanden. Leere die Filter und versuch es noch einmal.',
    signedOut: 'Deine Sitzung ist beendet. Melde dich wieder an.',
    refused: 'Deine Rolle erlaubt das nicht.',
    notFound: 'Das gibt es nicht, oder du darfst es nicht sehen.',
    conflict: 'Jemand anders hat das inzwischen geändert. Lade es neu und versuch es noch einmal.',
    pageGone: 'Diese Seite der Liste gibt es nicht mehr. Geh zurück zur ersten.',
    tooMany: 'Zu viele Anfragen in kurzer Zeit. Warte einen Augenblick und versuch es noch einmal.',
    unavailable: 'Der Server ist gerade nicht bereit. Versuch es in ein paar Sekunden noch einmal.',
    tooSlow: 'Das dauerte zu lange und wurde angehalten. Enge die Filter ein und versuch es noch einmal.',
    unexpected:
      'Auf dem Server ging etwas schief. Versuch es noch einmal; bleibt es so, gib der Hilfe die Anfragekennung.',
  },
};
