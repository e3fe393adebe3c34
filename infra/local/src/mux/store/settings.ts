import { z } from 'zod';

/** The vendor's limit, in characters. Source: `passthrough` in the API reference, "Max: 255 characters". */
const PASSTHROUGH_MAX = 255;

export const passthrough = z.string().max(PASSTHROUGH_MAX, `must be at most ${PASSTHROUGH_MAX} characters`);

export const meta = z.strictObject({
  title: z.string().max(512, 'must be at most 512 characters').optional(),
  creator_id: z.string().max(128, 'must be at most 128 characters').optional(),
  external_id: z.string().max(128, 'must be at most 128 characters').optional(),
});

const NOT_EMULATED = 'is not emulated by this double; leave it out';

/** A DRM playback ID needs a licence server, which the double has not got. */
export const playbackPolicy = z.enum(['public', 'signed'], `must be "public" or "signed" ("drm" ${NOT_EMULATED})`);

/** One name stands for a list of one, as at the vendor. */
const playbackPolicies = z.union([z.array(playbackPolicy).max(10), playbackPolicy.transform((policy) => [policy])], {
  error: 'must be "public", "signed" or a list of them',
});

/**
 * `new_asset_settings` of a direct upload. Strict: an unknown field is an error, and so is one that would change what
 * Mux does but that the double cannot do, so that nobody takes silence for support.
 */
export const newAssetSettings = z
  .strictObject({
    playback_policies: playbackPolicies.optional(),
    playback_policy: playbackPolicies.optional(),
    advanced_playback_policies: z
      .array(z.strictObject({ policy: playbackPolicy }))
      .max(10)
      .optional(),
    passthrough: passthrough.optional(),
    meta: meta.optional(),
    video_quality: z.enum(['basic', 'plus', 'premium']).optional(),
    encoding_tier: z.enum(['smart', 'baseline', 'premium']).optional(),
    max_resolution_tier: z.enum(['1080p', '1440p', '2160p']).optional(),
    master_access: z.literal('none', `must be "none": temporary access ${NOT_EMULATED}`).optional(),
    mp4_support: z.literal('none', `must be "none": static renditions are ${NOT_EMULATED}`).optional(),
    normalize_audio: z.literal(false, `must be false: it ${NOT_EMULATED}`).optional(),
    copy_overlays: z.boolean().optional(),
    test: z.boolean().optional(),
  })
  .refine((settings) => settings.playback_policies === undefined || settings.playback_policy === undefined, {
    path: ['playback_policy'],
    error: 'cannot be given together with playback_policies',
  });

/** What the coach's upload asked of the asset, as it was sent. */
export type NewAssetSettings = z.infer<typeof newAssetSettings>;

/** Every policy the settings ask a playback ID for, whichever of the three ways was used. */
export function policiesOf(settings: NewAssetSettings): PlaybackPolicy[] {
  return [
    ...(settings.playback_policies ?? settings.playback_policy ?? []),
    ...(settings.advanced_playback_policies ?? []).map((entry) => entry.policy),
  ];
}

export type PlaybackPolicy = z.infer<typeof playbackPolicy>;
