/** `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3). */
export function retryAfterMs(response: Response, now: number): number | null {
  const value = response.headers.get('retry-after')?.trim();
  if (!value) return null;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const moment = Date.parse(value);
  return Number.isFinite(moment) ? Math.max(0, moment - (now + clockOffset(response, now))) : null;
}

/** The `Date` header counts whole seconds, on average half a second behind; clocks that differ by less than two seconds count as equal. */
export function clockOffset(response: Response, now: number): number {
  const server = Date.parse(response.headers.get('date') ?? '');
  if (!Number.isFinite(server)) return 0;
  const offset = server + 500 - now;
  return Math.abs(offset) < 2_000 ? 0 : offset;
}
