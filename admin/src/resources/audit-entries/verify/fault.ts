/** What can be wrong with an export; each has its words in the locale. */
export const faultCodes = [
  'not_export',
  'bad_line',
  'not_utf8',
  'checkpoint_malformed',
  'key_malformed',
  'signature_wrong',
  'signer_unknown',
  'batch_out_of_order',
  'batch_incomplete',
  'batch_changed',
  'batch_not_in_log',
  'entry_out_of_order',
  'entry_changed',
  'entry_twice',
  'removed_too_soon',
  'log_incomplete',
  'log_changed',
  'counts_wrong',
  'cut_off',
  'after_end',
] as const;
export type FaultCode = (typeof faultCodes)[number];

/** The first thing that is wrong, and in which line. */
export class Fault extends Error {
  readonly code: FaultCode;
  constructor(code: FaultCode) {
    super(code);
    this.code = code;
  }
}

export function must(holds: boolean, code: FaultCode): asserts holds {
  if (!holds) throw new Fault(code);
}
