/**
 * Places where a process may die at the worst moment: between two effects of which the second must not be lost, or not be done twice. Each
 * is named at exactly one line of code.
 */
export const crashPoints = [
  /** A webhook's signature is right; nothing is stored. */
  'webhook.verified',
  /** Event and job are committed; Mux has no answer. */
  'webhook.stored',
  /** The upload job is committed; Mux has not been asked. */
  'upload.requested',
  /** Mux has made the upload; we have not written down its id. */
  'upload.created',
  /** Mux's id is committed; the coach has no answer. */
  'upload.attached',
  /** The job is cancelled; Mux still takes bytes. */
  'upload.cancelled',
  /** A fold job is taken; nothing is folded. */
  'fold.begun',
  /** Events are folded and committed; their job is not complete. */
  'fold.committed',
  /** Dead events are received again; nobody folds them. */
  'replay.claimed',
  'seal.begun',
  /** A batch of the audit log is committed. */
  'seal.committed',
  /** A checkpoint is in the database, not yet in the file outside it. */
  'checkpoint.recorded',
  /** Mux has told about one upload; nothing is written down. */
  'reconcile.asked',
  /** A page of Mux's list is compared; nothing of it is settled. */
  'reconcile.compared',
  /** An asset is deleted at Mux; we have not written that down. */
  'reconcile.deleted',
  /** Some differences of a page are settled, others not. */
  'reconcile.settled',
  /** Mux has made a signing key; nobody has written down its private half. */
  'rotation.made',
  'rotation.stored',
  'rotation.switched',
  /** Mux has deleted the old key; we still have it as draining. */
  'rotation.deleted',
] as const;

export type CrashPoint = (typeof crashPoints)[number];

/** Where this process is to die, and at which pass. */
export interface ArmedCrash {
  readonly point: CrashPoint;
  /** From 1. */
  readonly pass: number;
}

let armed: ArmedCrash | undefined;
let passed = 0;

/** Called once, at start, with what the configuration says: undefined, and nothing ever happens at any point. */
export function armCrash(crash: ArmedCrash | undefined): void {
  armed = crash;
  passed = 0;
}

/** Ends this process by SIGKILL, if it is to die here: nothing is closed, flushed or rolled back by it. */
export function crashPoint(point: CrashPoint): void {
  if (armed?.point !== point) {
    return;
  }
  passed += 1;
  if (passed === armed.pass) {
    process.kill(process.pid, 'SIGKILL');
    // The signal may take a moment to end all threads; not one statement more is run here.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }
}
