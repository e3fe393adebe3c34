/** A SHA-256 as 64 lowercase hexadecimal digits. */
export type Hash = string;

const none: Hash = '0'.repeat(64);

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(hash: Hash): Uint8Array {
  return Uint8Array.from({ length: hash.length / 2 }, (_, i) => Number.parseInt(hash.slice(2 * i, 2 * i + 2), 16));
}

/** sha256(first byte || parts), by the browser's own cryptography. */
export async function hashOf(first: number, ...parts: readonly Uint8Array[]): Promise<Hash> {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 1));
  bytes[0] = first;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

const parent = (left: Hash, right: Hash) => hashOf(0x01, fromHex(left), fromHex(right));

/** A tree of RFC 6962 that grows leaf by leaf and keeps one hash for each complete subtree. */
export class Tree {
  size = 0;
  readonly #subtrees: Hash[] = [];

  async add(leaf: Hash): Promise<void> {
    let node = leaf;
    for (let n = this.size; n % 2 === 1; n = (n - 1) / 2) node = await parent(this.#subtrees.pop() ?? none, node);
    this.#subtrees.push(node);
    this.size += 1;
  }

  async root(): Promise<Hash> {
    const [first, ...others] = [...this.#subtrees].reverse();
    let root = first ?? none;
    for (const left of others) root = await parent(left, root);
    return root;
  }
}

const half = (n: number) => Math.floor(n / 2);

/** The root that a leaf and its inclusion path lead to (RFC 9162, 2.1.3.2); null when the path does not fit the place. */
export async function rootOfPath(leaf: Hash, index: number, size: number, path: readonly Hash[]): Promise<Hash | null> {
  let [place, last, node] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) return null;
    if (place % 2 === 1 || place === last) {
      node = await parent(sibling, node);
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      node = await parent(node, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 ? node : null;
}
