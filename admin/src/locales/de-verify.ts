import type { verifyAU } from './en-AU-verify.ts';

const n = (count: number) => count.toLocaleString('de');
const entries = (count: number) => `${n(count)} ${count === 1 ? 'Eintrag' : 'Einträge'}`;
const batches = (count: number) => `${n(count)} ${count === 1 ? 'Stapel' : 'Stapeln'}`;

/** Das Prüfprotokoll im Browser prüfen. */
export const verifyDE: typeof verifyAU = {
  open: 'Einen Export in diesem Browser prüfen',
  lead: 'Die Datei bleibt auf diesem Gerät: Dein Browser rechnet jede Prüfsumme nach und prüft die Unterschrift.',
  limits:
    'Diese Seite und die Schlüssel kommen von dem Server, der geprüft wird. Wer beiden nicht traut, prüft mit dem Programm und mit Schlüsseln und Prüfpunkten, die anderswo aufbewahrt wurden.',
  file: 'Zu prüfender Export (JSON Lines)',
  keys: 'Schlüssel, die du aufbewahrt hast',
  keysHint:
    'Einer je Zeile, wie in audit-keys.txt. Leer gelassen: die Schlüssel, die dieser Server jetzt veröffentlicht.',
  start: 'Prüfen',
  stop: 'Anhalten',
  reading: (lines) => (lines === 0 ? 'Die Datei wird gelesen…' : `${n(lines)} Zeilen sind bisher bewiesen…`),
  proven: 'Bewiesen',
  notProven: 'Nicht bewiesen',
  whole: (count, size) =>
    `Das ganze Protokoll bis zum Prüfpunkt: ${entries(count)} in ${batches(size)}. Keiner wurde geändert, hinzugefügt, entfernt oder umgestellt.`,
  selection: (count) =>
    `${entries(count)}: So stehen sie im Protokoll. Dass keiner ausgelassen wurde, beweist eine Auswahl nicht.`,
  removed: (count) => `${entries(count)} mehr hatte die Aufbewahrung entfernt, nach mindestens einem Jahr.`,
  checkpoint: 'Prüfpunkt',
  checkpointOf: (size, count) => `${entries(count)} in ${batches(size)}`,
  signed: 'Unterschrieben',
  signer: 'Mit dem Schlüssel',
  ownKeys: 'einem, den du aufbewahrt hast',
  serverKeys: 'einem, den dieser Server veröffentlicht',
  inLine: (line) => `Zeile ${n(line)}`,
  broken:
    'Die Prüfung selbst ist gescheitert. Vielleicht kennt dein Browser keine Ed25519-Unterschriften: Nimm einen aktuellen, oder das Programm.',
  faults: {
    not_export: 'Das ist kein Export des Prüfprotokolls als JSON Lines.',
    bad_line: 'Die Zeile ist nicht geschrieben wie die Zeile eines Exports.',
    not_utf8: 'Die Datei ist kein Text in UTF-8.',
    checkpoint_malformed: 'Der Prüfpunkt ist nicht geschrieben wie ein Prüfpunkt.',
    key_malformed: 'Einer der Schlüssel ist kein Prüfschlüssel.',
    signature_wrong: 'Die Unterschrift des Prüfpunkts ist falsch: Er wurde nach dem Unterschreiben geändert.',
    signer_unknown: 'Der Prüfpunkt ist mit keinem der Schlüssel unterschrieben.',
    batch_out_of_order: 'Ein Stapel fehlt, steht zweimal da oder folgt nicht auf den davor.',
    batch_incomplete: 'Der Stapel davor hat nicht alle seine Einträge.',
    batch_changed: 'Die Einträge des Stapels davor sind nicht die versiegelten, oder seine Zahlen sind falsch.',
    batch_not_in_log: 'Der Stapel steht nicht in dem Protokoll, das unterschrieben wurde.',
    entry_out_of_order: 'Ein Eintrag fehlt, steht zweimal oder am falschen Platz.',
    entry_changed: 'Der Eintrag ist nicht der, der versiegelt wurde.',
    entry_twice: 'Ein Eintrag mit dieser Kennung stand schon da.',
    removed_too_soon: 'Einträge fehlen, die die Aufbewahrung noch nicht entfernt.',
    log_incomplete: 'Die Datei endet vor dem Protokoll.',
    log_changed: 'Die Stapel sind nicht die, die unterschrieben wurden.',
    counts_wrong: 'Die Datei enthält nicht, was ihre letzte Zeile sagt.',
    cut_off: 'Die Datei wurde abgeschnitten: Ihr Ende fehlt.',
    after_end: 'Nach dem Ende folgt noch etwas.',
  },
  entry: {
    button: 'Diesen Eintrag hier prüfen',
    lead: 'Holt diesen Eintrag mit seinem Beweis und rechnet ihn in deinem Browser nach. Der Export, den das braucht, ist selbst ein Eintrag des Protokolls.',
    holds: 'Dieser Eintrag steht im unterschriebenen Protokoll genau so, wie er gezeigt wird.',
    missing: 'Der Eintrag ist noch in keinem unterschriebenen Prüfpunkt. Versuche es gleich noch einmal.',
    failed: 'Der Beweis kann nicht geholt werden',
  },
};
