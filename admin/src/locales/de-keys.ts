import type { keysAU } from './en-AU-keys.ts';

/** Schlüssel zum Signieren, Geheimnisse der Webhooks und ihr Austausch. */
export const keysDE: typeof keysAU = {
  title: 'Schlüssel',
  lead: 'Womit Wiedergabetoken und Webhooks signiert werden, wie alt es ist und wie weit sein Ersatz ist. Geheimnisse werden nie gezeigt.',
  rotations: {
    'mux-signing': 'Schlüssel der Wiedergabe',
    'mux-webhook': 'Webhook-Geheimnis von Mux',
    'clerk-webhook': 'Webhook-Geheimnis von Clerk',
    'resend-webhook': 'Webhook-Geheimnis von Resend',
  },
  columns: {
    id: 'Kennung',
    state: 'Stand',
    created: 'Aufgeschrieben',
    seen: 'Letzte Zustellung',
    until: 'Angenommen bis',
  },
  state: { created: 'Wartet', pending: 'Wartet', active: 'In Gebrauch', draining: 'Läuft aus', deleted: 'Gelöscht' },
  none: 'Noch ist nichts aufgeschrieben: Es gilt, was in der Konfiguration steht, falls dort etwas steht. Der erste Austausch schreibt es auf.',
  older: (count) => (count === 1 ? '1 gelöschter wird nicht gezeigt.' : `${count} gelöschte werden nicht gezeigt.`),
  neverSeen: 'noch keine',
  stillUsed: 'Solange er gebraucht wird',
  progress: 'Fortschritt des Austauschs',
  steps: {
    key: ['Anlegen', 'Umschalten', 'Auslaufen', 'Löschen'],
    secret: ['Neben dem alten annehmen', 'Erste Zustellung', 'Auslaufen', 'Löschen'],
  },
  next: {
    idle: 'Kein Austausch ist im Gang.',
    unused: 'Noch keine Zustellung war mit dem neuen Geheimnis signiert. Lass den Anbieter es verwenden.',
    ready: 'Der neue kann in Gebrauch genommen werden.',
    draining: 'Der alte läuft aus. Er kann gelöscht werden',
    due: 'Der alte kann gelöscht werden.',
  },
  rotate: 'Austauschen …',
  goOn: 'Fortsetzen …',
  dialog: {
    title: (name) => `Austauschen: ${name}`,
    key: [
      'Mux legt einen neuen Schlüssel an, und binnen Sekunden wird jedes neue Wiedergabetoken damit signiert.',
      'Der alte Schlüssel bleibt 16 Minuten, bis kein Token von ihm mehr unterwegs sein kann. Komm dann zurück und setz fort: Er wird bei Mux gelöscht.',
      'Wer gerade zusieht, merkt nichts.',
    ],
    secret: [
      'Das neue Geheimnis wird neben dem alten angenommen. Beide gelten, bis du das alte hier löschst.',
      'Lass den Anbieter danach mit dem neuen signieren. Komm dann zurück und setz fort.',
      'Das alte kann einen Tag nach der letzten Zustellung gelöscht werden, die damit signiert war.',
    ],
    keyOn: ['Der nächste Schritt wird getan: Der alte Schlüssel wird bei Mux gelöscht, falls er ausgelaufen ist.'],
    secretOn: [
      'Die nächsten Schritte werden getan: Das neue Geheimnis kommt in Gebrauch, falls eine damit signierte Zustellung kam, und das alte wird gelöscht, falls es ausgelaufen ist.',
    ],
    secretField: 'Neues Geheimnis',
    secretHint: 'Wie der Anbieter es zeigt. Es wird verschlüsselt, nie wieder gezeigt und steht nie im Protokoll.',
    secretReplace: 'Neues Geheimnis, falls das vorige ein Versehen war',
    leaked: 'Das alte Geheimnis ist bekannt geworden: löschen, sobald das neue in Gebrauch ist',
    confirm: 'Austauschen',
    confirmOn: 'Fortsetzen',
  },
  receipt: {
    title: 'Was getan wurde',
    step: {
      adopted: 'Schrieb den aus der Konfiguration auf',
      created: 'Nahm den neuen auf',
      unused: 'Wartet auf die erste Zustellung, die mit dem neuen signiert ist',
      switched: 'Schaltete auf den neuen um',
      waits: 'Der alte läuft aus',
      deleted: 'Löschte den alten',
    },
    until: (time) => `bis ${time}`,
    audited: 'Wer es verlangt hat, warum, und jeder Schritt stehen im Prüfprotokoll.',
    at: 'Um',
  },
};
