import type { invitationsAU } from './en-AU-invitations.ts';

/** Einladungen, auf Deutsch. */
export const invitationsDE: typeof invitationsAU = {
  title: 'Einladungen',
  none: 'Keine Einladung ist offen.',
  expires: 'Annehmbar bis',
  invitedBy: 'Eingeladen von',
  acts: 'Aktionen',
  statuses: {
    queued: 'Wird versandt',
    sent: 'Versandt',
    accepted: 'Angenommen',
    revoked: 'Widerrufen',
    expired: 'Abgelaufen',
    failed: 'Nicht versandt',
  },
  why: {
    'clerk.form_identifier_exists':
      'Der Identitätsanbieter hat schon ein Konto mit dieser Adresse. Gib ihm dort die Rolle.',
    'clerk.duplicate_record':
      'Die Adresse wurde beim Identitätsanbieter von Hand eingeladen. Widerrufe die Einladung dort.',
  },
  whyElse: (code) => `Der Identitätsanbieter hat sie nicht angenommen (${code}).`,
  invite: {
    open: 'Einladen',
    title: 'Jemanden einladen',
    email: 'E-Mail-Adresse',
    note: 'Notiz (freiwillig)',
    noteHint: 'Nur für Administratoren: Wer eingeladen ist, sieht sie nicht.',
    consequences: (role) => [
      'Der Identitätsanbieter schickt binnen Sekunden eine E-Mail mit einem Link. Er gilt 7 Tage.',
      role
        ? `Mit der ersten Anmeldung gilt die Rolle ${role}, und was sie darf, geht sofort.`
        : 'Mit der ersten Anmeldung gilt die Rolle, die du hier wählst.',
    ],
    confirm: 'Einladung senden',
    done: (email) => `${email} ist eingeladen`,
    here: (name) => `Das ist die Adresse von ${name}.`,
    openAccount: 'Konto öffnen',
  },
  resend: {
    act: 'Erneut senden',
    open: (email) => `Erneut senden: Einladung von ${email}`,
    title: 'Diese Einladung erneut senden?',
    content: (email) =>
      `${email} bekommt einen neuen Link, der 7 Tage gilt. Frühere Links gehen nicht mehr. Eine Einladung wird höchstens fünfmal versandt.`,
    confirm: 'Erneut senden',
    done: (email) => `Die Einladung von ${email} wird erneut versandt`,
  },
  revoke: {
    act: 'Widerrufen',
    open: (email) => `Widerrufen: Einladung von ${email}`,
    title: 'Diese Einladung widerrufen',
    consequences: (email) => [
      `Ab jetzt kommt mit der Einladung von ${email} niemand mehr herein.`,
      'Der Mensch erfährt nichts davon. Du kannst ihn jederzeit wieder einladen.',
    ],
    confirm: 'Einladung widerrufen',
  },
};
