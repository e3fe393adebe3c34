import { z } from 'zod';
import type { Side } from './diff.ts';

/** What `api.disclose_audit_entry()` answers; a value that was erased is not in it. */
export const disclosures = z.array(
  z.object({ side: z.enum(['before', 'after']), field: z.string(), value: z.unknown(), salt: z.string() }),
);
export type Disclosure = z.infer<typeof disclosures>[number];

/** The value behind a commitment, once it was asked for; undefined when it has been erased. */
export function disclosed(all: readonly Disclosure[], side: Side, field: string): Disclosure | undefined {
  return all.find((one) => one.side === side && one.field === field);
}

/** The text that was hashed after the salt: the value in PostgreSQL's JSON, which for a text is everybody's. */
export function hashedText(value: unknown): string | undefined {
  return typeof value === 'string' ? JSON.stringify(value) : undefined;
}

/**
 * Whether a disclosed text is the one that the log was written with: sha256(salt || its JSON).
 * @returns undefined where that cannot be worked out here: outside of a secure context, or for a value that is no text,
 * whose digits and spaces a browser does not keep.
 */
export async function isCommitted({ value, salt }: Disclosure, commitment: string): Promise<boolean | undefined> {
  const text = hashedText(value);
  const { subtle } = globalThis.crypto;
  if (text === undefined || !subtle || !/^(?:[0-9a-f]{2})+$/.test(salt)) return undefined;
  const pairs = salt.match(/../g) ?? [];
  const committed = new Uint8Array([
    ...pairs.map((pair) => Number.parseInt(pair, 16)),
    ...new TextEncoder().encode(text),
  ]);
  const digest = new Uint8Array(await subtle.digest('SHA-256', committed));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') === commitment;
}
