import { z } from 'zod';

export const alertStates = ['firing', 'acknowledged', 'resolved'] as const;
export const severities = ['critical', 'warning', 'info'] as const;

/** A row of the view `alerts`. */
export type AlertRow = {
  id: string;
  /** Names the condition, such as `webhooks.mux.dead`. */
  key: string;
  severity: (typeof severities)[number];
  title: string;
  /** Scrubbed when it was raised. */
  details: Readonly<Record<string, unknown>>;
  /** Path of the document that says what to do. */
  runbook: string | null;
  state: (typeof alertStates)[number];
  /** How often it was raised while it was open. */
  occurrences: number;
  opened_at: string;
  last_raised_at: string;
  escalated_at: string | null;
  acknowledged_at: string | null;
  acknowledge_note: string | null;
  resolved_at: string | null;
  resolve_note: string | null;
};

export const settleAnswer = z.object({ id: z.uuid(), state: z.enum(alertStates) });
