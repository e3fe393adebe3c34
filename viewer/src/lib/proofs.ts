import { type Keeping, keptObject } from './keeping.ts';

export type ProofKind = 'passphrase' | 'code';

/**
 * What the viewer has proved of one link, kept for this tab only, so that a reload does not ask again. A proof is good for
 * its link and secret alone; the server judges it, so one that is too old or was edited merely brings the question back.
 */
export class Proofs {
  private readonly keeping: Keeping;
  private readonly key: string;
  private readonly now: () => number;
  private held: Readonly<Partial<Record<ProofKind, string>>> = {};

  constructor(keeping: Keeping, publicId: string, now: () => number) {
    this.keeping = keeping;
    this.key = `mm.proofs.${publicId}`;
    this.now = now;
    const kept = keptObject(keeping, this.key);
    for (const kind of ['passphrase', 'code'] as const) {
      const [proof, expiresAt] = Array.isArray(kept?.[kind]) ? kept[kind] : [];
      if (typeof proof === 'string' && Date.parse(expiresAt) > now()) this.held = { ...this.held, [kind]: proof };
    }
  }

  /** One of each kind at the most, as the server takes them. */
  get all(): string[] {
    return Object.values(this.held);
  }

  add(kind: ProofKind, { proof, expiresAt }: { readonly proof: string; readonly expiresAt: string }): void {
    this.held = { ...this.held, [kind]: proof };
    const kept = keptObject(this.keeping, this.key) ?? {};
    if (Date.parse(expiresAt) > this.now()) {
      this.keeping.set(this.key, JSON.stringify({ ...kept, [kind]: [proof, expiresAt] }));
    }
  }
}
