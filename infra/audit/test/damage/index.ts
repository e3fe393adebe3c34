import { batchesDamaged } from './batches.ts';
import type { Damage } from './change.ts';
import { checkpointsDamaged } from './checkpoints.ts';
import { claimsDamaged } from './claims.ts';
import { entriesDamaged } from './entries.ts';
import { tailsDamaged } from './tail.ts';
import { textsDamaged } from './texts.ts';
import { writingDamaged } from './writing.ts';

/** Every way to damage the export of a whole log that is tried. */
export const damages: Damage[] = [
  ...entriesDamaged,
  ...batchesDamaged,
  ...tailsDamaged,
  ...checkpointsDamaged,
  ...claimsDamaged,
  ...writingDamaged,
  ...textsDamaged,
];
