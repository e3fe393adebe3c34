import type { Question } from './filters.ts';
import type { Order, OrderTerm } from './order.ts';
import { embeds, relatedTrees } from './related.ts';

type Askable<Self> = {
  or(tree: string, options?: { referencedTable?: string }): Self;
  order(column: string, options: { ascending: boolean; nullsFirst?: boolean }): Self;
};

/** `select` with what the question and the order need besides. */
export function selectFor(
  select: string,
  question: Question,
  order?: Pick<Order, 'embeds'>,
  also: string[] = [],
): string {
  return [select, ...also, ...embeds(question.related), ...(order?.embeds ?? [])].join(',');
}

/** Puts the question to a request; what else has to hold may be given with it. */
export function ask<Request extends Askable<Request>>(
  request: Request,
  question: Question,
  also: readonly string[] = [],
): Request {
  const parts = [...(question.tree === undefined ? [] : [question.tree]), ...also];
  let asked =
    parts.length === 0 ? request : request.or(parts.length === 1 ? String(parts[0]) : `and(${parts.join(',')})`);
  for (const [path, tree] of relatedTrees(question.related)) asked = asked.or(tree, { referencedTable: path });
  return asked;
}

export function inOrder<Request extends Askable<Request>>(request: Request, terms: readonly OrderTerm[]): Request {
  return terms.reduce(
    (asked, { column, ascending, nullsFirst }) =>
      asked.order(column, { ascending, ...(nullsFirst === undefined ? {} : { nullsFirst }) }),
    request,
  );
}

/** Takes out of a row what was selected only to ask for it. */
export function withoutAliases(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  return Object.fromEntries(Object.entries(row).filter(([name]) => !/^_[fok]\d+$/.test(name)));
}
