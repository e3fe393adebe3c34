import { z } from 'zod';

export const keyRotations = ['mux-signing', 'mux-webhook', 'clerk-webhook', 'resend-webhook'] as const;

export const rotateKeyBody = z.strictObject({
  rotation: z
    .enum(keyRotations)
    .describe('What rotates: the key of playback tokens, or the webhook secret of a provider.'),
  reason: z.string().trim().min(3, 'Say why, in 3 to 500 characters.').max(500, 'Say why, in 3 to 500 characters.'),
  secret: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .optional()
    .describe('The new webhook secret as the provider shows it; left out to go on with a rotation.'),
  hasLeaked: z
    .boolean()
    .default(false)
    .describe('The old webhook secret is known to somebody else: it is deleted as soon as the new one is in use.'),
});
export type RotateKeyBody = z.input<typeof rotateKeyBody>;

export const rotateKeyAnswer = z.object({
  steps: z
    .array(
      z.object({
        step: z
          .enum(['adopted', 'created', 'unused', 'switched', 'waits', 'deleted'])
          .describe(
            '`unused`: no delivery signed with the new secret has come yet; `waits`: the old one drains until `until`.',
          ),
        keyId: z.string().describe('Id of the key or fingerprint of the secret that the step is about.'),
        until: z.iso.datetime().optional(),
      }),
    )
    .describe('The steps that were taken now, the last one often a wait.'),
});
export type RotateKeyAnswer = z.output<typeof rotateKeyAnswer>;
