import { object } from '../declare.ts';

const everyRow = 'all';
const operations = { operator: everyRow, admin: everyRow } as const;

const alert = `id key severity title details runbook state occurrences opened_at last_raised_at escalates_at escalated_at
               acknowledged_at acknowledged_by acknowledge_note resolved_at resolved_by resolve_note`;
const flag = 'id description applies_to is_enabled rollout_percent roles version updated_at changed_by reason';
const event = 'id occurred_at group_id environment severity code message stack context request_id';
const group = `id fingerprint environment severity code message event_count first_seen_at last_seen_at acknowledged_at
               acknowledged_by note`;

/** Alerts, errors and feature flags: tables. */
export const operationTables = [
  object('app.alerts', { columns: { shown: alert }, select: { shown: operations } }),
  object('app.error_groups', {
    columns: { shown: `${group} acknowledged_count` },
    select: { shown: operations },
  }),
  object('app.error_events', {
    columns: { shown: event, person: 'profile_id' },
    select: { shown: operations },
  }),
  object('app.feature_flags', {
    columns: { shown: flag },
    select: { shown: { ...operations, auditor: everyRow } },
  }),
];

/** And the views of them. */
export const operationViews = [
  object('api.alerts', { rowsOf: 'app.alerts', columns: { shown: alert }, select: { shown: operations } }),
  object('api.error_groups', {
    rowsOf: 'app.error_groups',
    columns: { shown: `${group} new_count` },
    select: { shown: operations },
  }),
  object('api.error_events', {
    rowsOf: 'app.error_events',
    columns: { shown: event },
    select: { shown: operations },
  }),
  object('api.feature_flags', {
    rowsOf: 'app.feature_flags',
    columns: { shown: flag },
    select: { shown: { ...operations, auditor: everyRow } },
  }),
];
