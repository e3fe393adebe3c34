/**
 * Where a browser may be sent after signing in: an absolute http(s) address on one of the allowed origins, without
 * credentials in it. The comparison is made on the parsed address, as the browser will parse it: a comparison of text is
 * how `http://127.0.0.1:4000.example` and `http://127.0.0.1:4000@example.com` get through.
 *
 * @returns the address as the parser wrote it, or undefined when it is refused
 */
export function allowedReturnAddress(given: string, allowedOrigins: readonly string[]): string | undefined {
  let address: URL;
  try {
    address = new URL(given);
  } catch {
    return undefined;
  }
  if (address.protocol !== 'http:' && address.protocol !== 'https:') return undefined;
  if (address.username !== '' || address.password !== '') return undefined;
  return allowedOrigins.includes(address.origin) ? address.href : undefined;
}
