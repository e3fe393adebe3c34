/**
 * One step of a rotation that was taken, or why none can be: the new secret is `unused` while no delivery signed with it has come, the old
 * one `waits` until nothing of it can be out.
 */
export interface RotationStep {
  readonly step: 'adopted' | 'created' | 'unused' | 'switched' | 'waits' | 'deleted';
  readonly keyId: string;
  /** When the old one may be deleted. */
  readonly until?: string;
}
