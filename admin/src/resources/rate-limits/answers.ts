import { z } from 'zod';

const moment = z.iso.datetime({ offset: true });

/** A row of `rpc/limit_hits`: requests over one limit in one hour. */
export const hitsRow = z.object({
  hour: moment,
  rule: z.string(),
  mode: z.enum(['monitor', 'enforce']),
  hits: z.int(),
  addresses: z.int(),
});

/** A row of `rpc/limit_offenders`; `address` is a keyed hash. */
export const offenderRow = z.object({
  address: z.string(),
  hits: z.int(),
  rules: z.array(z.string()),
  last_at: moment,
  blocked_until: moment.nullable(),
});

export const blockAnswer = z.object({ id: z.uuid(), blocked_at: moment });
export const liftAnswer = z.object({ id: z.uuid(), lifted_at: moment });
export const changeAnswer = z.object({ id: z.string(), new_version: z.int() });

/** A row of the view `address_blocks`. */
export type BlockRow = {
  id: string;
  address: string;
  reason: string;
  blocked_at: string;
  expires_at: string;
  lifted_at: string | null;
  lift_reason: string | null;
};

/** A row of the view `abuse_rules`. */
export type AbuseRuleRow = {
  id: string;
  description: string;
  threshold: number;
  window_minutes: number;
  is_watched: boolean;
  version: number;
};

/** A row of the view `alerts`. */
export type AlertRow = {
  id: string;
  key: string;
  severity: string;
  title: string;
  state: 'firing' | 'acknowledged';
  occurrences: number;
  opened_at: string;
  last_raised_at: string;
};

/** As much of a keyed hash as tells two apart for a person. */
export const shortHash = (address: string): string => address.slice(0, 12);
