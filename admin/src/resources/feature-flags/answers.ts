import { z } from 'zod';
import type { Role } from '../../providers/auth/index.ts';

/** A row of the view `feature_flags`. */
export type FlagRow = {
  id: string;
  description: string;
  applies_to: 'people' | 'webhook_events' | 'videos';
  is_enabled: boolean;
  rollout_percent: number;
  /** None: all. */
  roles: Role[];
  version: number;
  updated_at: string;
  /** null: as delivered. */
  changed_by: string | null;
  reason: string | null;
};

/** A row of `rpc/preview_feature_flag`: for how many of a kind it is on, and would be. */
export const previewRow = z.object({
  subjects: z.string(),
  subject_count: z.int(),
  on_now: z.int(),
  on_then: z.int(),
});

export const changeAnswer = z.object({ id: z.string(), new_version: z.int() });

export type Settings = Pick<FlagRow, 'is_enabled' | 'rollout_percent' | 'roles'>;
