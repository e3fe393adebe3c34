import { z } from 'zod';

export const erasureStates = ['requested', 'approved', 'running', 'completed', 'declined', 'withdrawn'] as const;
export type ErasureState = (typeof erasureStates)[number];

/** A row of the view `erasure_requests`. It names nobody: whom it is about is read by itself, on record. */
export type ErasureRow = {
  id: string;
  profile_id: string;
  state: ErasureState;
  reason: string;
  requested_at: string;
  due_at: string;
  decided_at: string | null;
  decision_reason: string | null;
  completed_at: string | null;
  is_overdue: boolean;
  step_count: number;
  /** Steps that have not ended, manual ones included. */
  open_step_count: number;
  failed_step_count: number;
};

export type StepState = 'planned' | 'running' | 'done' | 'kept' | 'failed';

/** A row of the view `erasure_steps`. */
export type StepRow = {
  id: string;
  /** 1 shut out, 2 data, 3 vendors, 4 identity, 5 log. */
  phase: number;
  system: string;
  action: string;
  target: string;
  is_manual: boolean;
  state: StepState;
  attempts: number;
  last_error: string | null;
  /** What proves the step; its shape depends on the step. */
  evidence: Readonly<Record<string, unknown>> | null;
  finished_at: string | null;
};

/** A row of the view `legal_holds`. */
export type HoldRow = {
  id: string;
  reason: string;
  placed_at: string;
  lifted_at: string | null;
  lift_reason: string | null;
};

/** A row of the view `erasure_receipts`. */
export type ReceiptRow = {
  id: string;
  completed_at: string;
  /** One JSON object, as text: what was hashed. */
  body: string;
  /** SHA-256 of the body in UTF-8, in hexadecimal. */
  sha256: string;
};

const moment = z.iso.datetime({ offset: true });
export const openAnswer = z.object({ id: z.uuid(), due_at: moment });
export const approveAnswer = z.object({ id: z.uuid(), state: z.enum(erasureStates), step_count: z.int() });
export const declineAnswer = z.object({ id: z.uuid(), state: z.enum(erasureStates) });
export const stepAnswer = z.object({ id: z.uuid(), state: z.string() });
export const placeAnswer = z.object({ id: z.uuid(), placed_at: moment });
export const liftAnswer = z.object({ id: z.uuid(), lifted_at: moment });
export const subjectAnswer = z.object({
  subject: z.string(),
  email: z.string().nullable(),
  display_name: z.string(),
});
export type Subject = z.output<typeof subjectAnswer>;
