import { object } from '../declare.ts';

const everyRow = 'all';
const ownRows = 'own';
const everybodysOwn = {
  coach: ownRows,
  admin: ownRows,
  compliance: ownRows,
  operator: ownRows,
  auditor: ownRows,
} as const;
const everybody = {
  coach: everyRow,
  admin: everyRow,
  compliance: everyRow,
  operator: everyRow,
  auditor: everyRow,
} as const;
const operations = { operator: everyRow, admin: everyRow } as const;

/** Consents and what people are told: tables. */
export const noticeTables = [
  object('app.consent_notices', {
    columns: { shown: 'id jurisdiction version title body created_at created_by approved_at approved_by' },
    select: { shown: everybody },
  }),
  object('app.consents', {
    columns: {
      shown: 'id profile_id notice_id action categories decided_at superseded_at',
      browser: 'browser_id',
    },
    select: { shown: { ...everybodysOwn, compliance: everyRow }, browser: { compliance: everyRow } },
  }),
  object('app.notification_kinds', {
    columns: { shown: 'id title is_critical audience channels' },
    select: { shown: everybody },
  }),
  object('app.notification_preferences', {
    columns: { shown: 'id profile_id kind channel is_enabled updated_at' },
    select: { shown: everybodysOwn },
  }),
  object('app.notifications', {
    columns: {
      shown: 'id kind profile_id variables is_in_app created_at read_at',
      internal: 'dedupe_key',
    },
    select: { shown: everybodysOwn },
  }),
  object('app.notification_deliveries', {
    columns: {
      shown: `id notification_id kind channel destination state suppressed_by attempts last_error provider_id template_version
              created_at next_attempt_at finished_at`,
      address: 'address_hash',
    },
    select: { shown: operations },
  }),
];

/** And the views of them. */
export const noticeViews = [
  object('api.consent_notices', {
    rowsOf: 'app.consent_notices',
    columns: { shown: 'id jurisdiction version title body status created_at created_by approved_at approved_by' },
    select: { shown: everybody },
  }),
  object('api.my_consents', {
    rowsOf: 'app.consents',
    columns: { shown: 'id jurisdiction notice_version notice_id action categories decided_at superseded_at' },
    select: { shown: everybodysOwn },
  }),
  object('api.consents', {
    rowsOf: 'app.consents',
    columns: {
      shown:
        'id profile_id browser_id jurisdiction notice_version notice_id action categories decided_at superseded_at',
    },
    select: { shown: { compliance: everyRow } },
  }),
  object('api.my_notifications', {
    rowsOf: 'app.notifications',
    columns: { shown: 'id kind title variables created_at read_at' },
    select: { shown: everybodysOwn },
  }),
  object('api.my_notification_preferences', {
    // Asked for a kind that is for coaches: the others see theirs, and not this one.
    columns: { shown: 'id kind title channel is_critical is_enabled' },
    select: { shown: { coach: everyRow, admin: 'none', compliance: 'none', operator: 'none', auditor: 'none' } },
  }),
  object('api.notification_deliveries', {
    rowsOf: 'app.notification_deliveries',
    columns: {
      shown: `id notification_id kind channel destination state suppressed_by attempts last_error provider_id template_version
              created_at next_attempt_at finished_at`,
    },
    select: { shown: operations },
  }),
];
