import { z } from 'zod';

/** A size of the log, as it stands in a checkpoint. */
const size = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'This must be the size of a checkpoint: a whole number from 1.')
  .transform(Number);

export const proveConsistencyQuery = z
  .strictObject({
    from: size.describe('Size of the older checkpoint.'),
    to: size.describe('Size of the newer checkpoint.'),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'This must not be smaller than `from`.' });

export const proveConsistencyAnswer = z.object({
  from: z.int(),
  to: z.int(),
  proof: z.array(z.string().regex(/^[0-9a-f]{64}$/)).describe('Hashes, hex: RFC 6962, section 2.1.2.'),
});
