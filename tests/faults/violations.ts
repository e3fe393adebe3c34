/** What an invariant may find: an event or upload that is gone, something that belongs to nothing, something that was done twice. */
export type ViolationKind = 'lost' | 'orphaned' | 'doubled';

/** One breach, with the least that tells what it is. */
export type Violation = { readonly kind: ViolationKind; readonly what: string };

export const countOf = (violations: readonly Violation[], kind: ViolationKind): number =>
  violations.filter((violation) => violation.kind === kind).length;
