import type { FaultCode } from '../resources/audit-entries/verify/fault.ts';

const n = (count: number) => count.toLocaleString('en-AU');
const entries = (count: number) => `${n(count)} ${count === 1 ? 'entry' : 'entries'}`;
const batches = (count: number) => `${n(count)} ${count === 1 ? 'batch' : 'batches'}`;

/** Checking the audit log in the browser, in Australian English. */
export const verifyAU = {
  open: 'Check an export in this browser',
  lead: 'The file stays on this device: your browser reckons every hash again and checks the signature.',
  limits:
    'This page and the keys come from the server that is checked. Who trusts neither checks with the program, and with keys and checkpoints that were kept elsewhere.',
  file: 'Export to check (JSON Lines)',
  keys: 'Keys that you kept',
  keysHint: 'One a line, as in audit-keys.txt. Left empty: the keys that this server publishes now.',
  start: 'Check',
  stop: 'Stop',
  reading: (lines: number) => (lines === 0 ? 'Reading the file…' : `${n(lines)} lines are proven so far…`),
  proven: 'Proven',
  notProven: 'Not proven',
  whole: (count: number, size: number) =>
    `The whole log up to the checkpoint: ${entries(count)} in ${batches(size)}. None was changed, added, removed or reordered.`,
  selection: (count: number) =>
    `${entries(count)}: each stands in the log so. That none was left out is not proven by a selection.`,
  removed: (count: number) => `${entries(count)} more had been removed by retention, after at least a year.`,
  checkpoint: 'Checkpoint',
  checkpointOf: (size: number, count: number) => `${entries(count)} in ${batches(size)}`,
  signed: 'Signed',
  signer: 'By the key',
  ownKeys: 'one that you kept',
  serverKeys: 'one that this server publishes',
  inLine: (line: number) => `Line ${n(line)}`,
  broken: 'The check itself failed. Your browser may not know Ed25519 signatures: use a current one, or the program.',
  faults: {
    not_export: 'This is not an export of the audit log as JSON Lines.',
    bad_line: 'The line is not written as a line of an export is.',
    not_utf8: 'The file is not UTF-8 text.',
    checkpoint_malformed: 'The checkpoint is not written as a checkpoint is.',
    key_malformed: 'One of the keys is not a verifier key.',
    signature_wrong: 'The checkpoint’s signature is wrong: it was changed after it was signed.',
    signer_unknown: 'The checkpoint is signed by none of the keys.',
    batch_out_of_order: 'A batch is missing, stands twice, or does not follow the one before.',
    batch_incomplete: 'The batch before does not have all its entries.',
    batch_changed: 'The entries of the batch before are not those that were sealed, or its numbers are wrong.',
    batch_not_in_log: 'The batch does not stand in the log that was signed.',
    entry_out_of_order: 'An entry is missing, stands twice, or stands in the wrong place.',
    entry_changed: 'The entry is not the one that was sealed.',
    entry_twice: 'An entry with this id has stood before.',
    removed_too_soon: 'Entries are missing that retention does not remove yet.',
    log_incomplete: 'The file ends before the log does.',
    log_changed: 'The batches are not those that were signed.',
    counts_wrong: 'The file does not hold what its last line says.',
    cut_off: 'The file was cut off: its end is missing.',
    after_end: 'Something follows the end.',
  } satisfies Record<FaultCode, string>,
  entry: {
    button: 'Check this entry here',
    lead: 'Fetches this entry with its proof and reckons it in your browser. The export that this takes is itself an entry of the log.',
    holds: 'This entry stands in the signed log exactly as it is shown.',
    missing: 'The entry is not in a signed checkpoint yet. Try again in a moment.',
    failed: 'The proof cannot be fetched',
  },
};
