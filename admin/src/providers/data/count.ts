import { ask, selectFor } from './ask.ts';
import { openExchange, type PostgrestOptions } from './exchange.ts';
import type { Question } from './filters.ts';
import type { Asked } from './meta.ts';

export type Counted = { total: number; isCapped?: boolean };

/** Counts what the question finds, apart from its rows: in a request of its own, without a body. */
export async function countRows(
  options: PostgrestOptions,
  resource: string,
  asked: Asked,
  question: Question,
): Promise<Counted> {
  const { client, settle, rowsInRange } = openExchange(options);
  const mode = asked.count === 'none' || asked.count === 'capped' ? undefined : asked.count;
  const select = selectFor(asked.key.join(','), question);
  let request = ask(client.from(resource).select(select, { head: true, ...(mode ? { count: mode } : {}) }), question);
  // A request for so many keys, of which none is sent: the answer's `Content-Range` says how many they would have been.
  const maxRows = options.maxRows ?? 1000;
  const cap = Math.min(options.countCap ?? maxRows, maxRows);
  request = request.limit(mode ? 0 : cap);
  if (asked.signal) request = request.abortSignal(asked.signal);
  const { count } = await settle(request, asked.signal);
  if (mode) return { total: count ?? 0 };
  const total = rowsInRange();
  return total < cap ? { total } : { total, isCapped: true };
}
