import { z } from 'zod';

const moment = z.iso.datetime({ offset: true });

const decision = z.object({
  id: z.uuid(),
  decided_at: moment,
  allowed: z.boolean(),
  is_renewal: z.boolean(),
  rule: z.string(),
  token_expires_at: moment.nullable(),
  user_agent_family: z.string().nullable(),
  request_id: z.string().nullable(),
  by_name: z.string().nullable(),
});

const change = z.object({
  id: z.uuid(),
  occurred_at: moment,
  action: z.string(),
  reason: z.string().nullable(),
  by_name: z.string().nullable(),
});

const ruleCount = z.object({ rule: z.string(), count: z.int(), first_at: moment, last_at: moment });

/** A row of `rpc/explain_playback`: one link, or all previews by staff. */
export const explanationRow = z.object({
  kind: z.enum(['share', 'preview']),
  share_token_id: z.uuid().nullable(),
  public_id: z.string().nullable(),
  label: z.string().nullable(),
  video_id: z.uuid(),
  video_title: z.string(),
  created_at: moment.nullable(),
  created_by_name: z.string().nullable(),
  starts_at: moment.nullable(),
  expires_at: moment.nullable(),
  revoked_at: moment.nullable(),
  revoke_reason: z.string().nullable(),
  /** The part of the time that was asked for in which the link was valid. */
  valid_from: moment.nullable(),
  valid_until: moment.nullable(),
  plays: z.int(),
  renewals: z.int(),
  refusals: z.int(),
  last_token_expires_at: moment.nullable(),
  rules: z.array(ruleCount),
  decisions: z.array(decision),
  changes: z.array(change),
});
export type ExplanationRow = z.output<typeof explanationRow>;
export type ExplainedDecision = z.output<typeof decision>;
export type ExplainedChange = z.output<typeof change>;
