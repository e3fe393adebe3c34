import { z } from 'zod';
import { dayOfPlays } from '../plays/answers.ts';

const moment = z.iso.datetime({ offset: true });

const openAlert = z.object({
  id: z.uuid(),
  key: z.string(),
  title: z.string(),
  severity: z.string(),
  state: z.enum(['firing', 'acknowledged']),
  opened_at: moment,
});
export type OpenAlert = z.output<typeof openAlert>;

/** The row of `rpc/coach_dashboard`; days are of the asked time zone, the last is today. */
export const coachRow = z.object({
  videos_ready: z.int(),
  videos_busy: z.int(),
  videos_failed: z.int(),
  links_live: z.int(),
  /** Within 48 hours; of these the next five. */
  links_ending: z.int(),
  ending: z.array(
    z.object({
      id: z.uuid(),
      public_id: z.string(),
      label: z.string().nullable(),
      expires_at: moment,
      video_title: z.string().nullable(),
    }),
  ),
  days: z.array(dayOfPlays),
});

/** The row of `rpc/admin_dashboard`; counts of links stop at 10,000. */
export const adminRow = z.object({
  links_live: z.int(),
  links_ending: z.int(),
  revoked_of_day: z.int(),
  revoked_days: z.array(z.object({ day: z.iso.date(), links: z.int() })),
  alerts_open: z.int(),
  alerts: z.array(openAlert),
  addresses_blocked: z.int(),
  over_limit_of_day: z.int(),
  people: z.int(),
  suspended: z.int(),
  bound_runs: z.int(),
  bound_late: z.int(),
  bound_max_ms: z.int().nullable(),
  bound_measured_at: moment.nullable(),
});

/** The row of `rpc/operator_dashboard`. */
export const operatorRow = z.object({
  events_of_day: z.int(),
  folded_of_day: z.int(),
  dead_of_day: z.int(),
  events_waiting: z.int(),
  events_waiting_since: moment.nullable(),
  events_dead: z.int(),
  events_quarantined: z.int(),
  hours: z.array(z.object({ hour: moment, events: z.int(), dead: z.int() })),
  queue_waiting: z.int(),
  queue_waiting_since: moment.nullable(),
  queue_failed: z.int(),
  jobs_overdue: z.int(),
  runs_failed_of_day: z.int(),
  uploads_open: z.int(),
  uploads_open_since: moment.nullable(),
  alerts_open: z.int(),
  alerts: z.array(openAlert),
});

/** A row of `rpc/web_vitals`: what three quarters of the reports of a page and build do not exceed. */
export const vitalsRow = z.object({
  app: z.enum(['admin', 'viewer']),
  route: z.string(),
  release: z.string(),
  last_at: moment,
  lcp_ms: z.int().nullable(),
  lcp_reports: z.int(),
  inp_ms: z.int().nullable(),
  inp_reports: z.int(),
  cls: z.number().nullable(),
  cls_reports: z.int(),
});

/** The row of `rpc/auditor_dashboard`; acts are of 30 days. */
export const auditorRow = z.object({
  batch_no: z.int().nullable(),
  sealed_at: moment.nullable(),
  unsealed: z.int(),
  unsealed_since: moment.nullable(),
  checkpoint_size: z.int().nullable(),
  checkpoint_entries: z.int().nullable(),
  checkpoint_signed_at: moment.nullable(),
  days: z.array(z.object({ day: z.iso.date(), entries: z.int() })),
  exported: z.int(),
  disclosed: z.int(),
  roles_changed: z.int(),
  suspended: z.int(),
});

/** The row of `rpc/compliance_dashboard`. */
export const complianceRow = z.object({
  erasures_requested: z.int(),
  erasures_running: z.int(),
  erasures_overdue: z.int(),
  next_due_at: moment.nullable(),
  erasures_completed: z.int(),
  holds_standing: z.int(),
});
