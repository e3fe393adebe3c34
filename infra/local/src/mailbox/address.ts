/**
 * Mail addresses as Resend takes them: `local@domain` or `Display Name <local@domain>`.
 * Deliberately narrower than RFC 5322: no comments, quoted local parts or address literals.
 */
const ADDR_SPEC =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63})$/;
const WITH_NAME = /^\s*(?:"([^"\r\n]*)"|([^"<>\r\n,;]*?))\s*<([^<>\s]+)>\s*$/;

export type MailAddress = { name: string; address: string; domain: string };

/** @returns the parts of an address, or undefined when it is none (also when a line break hides in it) */
export function parseAddress(text: string): MailAddress | undefined {
  const named = WITH_NAME.exec(text);
  const address = named?.[3] ?? text;
  const domain = ADDR_SPEC.exec(address)?.[1];
  const [local = ''] = address.split('@');
  if (domain === undefined || local.startsWith('.') || local.endsWith('.') || local.includes('..')) return undefined;
  return { name: named?.[1] ?? named?.[2] ?? '', address, domain: domain.toLowerCase() };
}
