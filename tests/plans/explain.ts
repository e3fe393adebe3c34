import type { Client } from 'pg';

/** A node of EXPLAIN (FORMAT JSON, VERBOSE). */
export type PlanNode = {
  'Node Type': string;
  'Relation Name'?: string;
  Schema?: string;
  'Subplan Name'?: string;
  Plans?: PlanNode[];
  [detail: string]: unknown;
};

export async function explain(client: Client, statement: string): Promise<PlanNode> {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `explain (verbose, costs off, format json) ${statement}`,
  );
  const plan = rows[0]?.['QUERY PLAN'][0].Plan;
  if (plan === undefined) throw new Error(`no plan for ${statement}`);
  return plan;
}

const conditions = [
  'Filter',
  'Index Cond',
  'Recheck Cond',
  'Join Filter',
  'Hash Cond',
  'Merge Cond',
  'One-Time Filter',
];

/** What the plans are judged by. */
export type Facts = {
  /** Whether the table of this name, or the table that this partition belongs to, is big. */
  isBig(relation: string): boolean;
  /** Whether the index is unique over one column, so that a comparison with it finds one row at most. */
  isUnique(index: string): boolean;
};

/** What is wrong with the plan of a list, in sentences; nothing for a good one. */
export function faultsOf(plan: PlanNode, facts: Facts): string[] {
  const { isBig } = facts;
  const faults: string[] = [];
  const visit = (node: PlanNode, inSubplan: boolean) => {
    const relation = `${node.Schema}.${node['Relation Name']}`;
    if (node['Node Type'].endsWith('Seq Scan') && isBig(relation)) faults.push(`reads ${relation} whole`);
    // The list itself must come in the order of an index; what a subselect sorts is the little that it found.
    if (node['Node Type'] === 'Sort' && !inSubplan && readsMany(node, facts)) faults.push('sorts all rows to show 25');
    for (const condition of conditions) {
      const text = String(node[condition] ?? '');
      if (/(?<!hashed )\bSubPlan \d/.test(text)) faults.push(`asks a subplan for each row of ${relation}: ${text}`);
      if (/\bauthz\.\w+\(/.test(text)) faults.push(`calls a function of authz for each row of ${relation}: ${text}`);
    }
    for (const child of node.Plans ?? []) visit(child, inSubplan || child['Subplan Name'] !== undefined);
  };
  visit(plan, false);
  return faults;
}

/** Whether a big table is read here otherwise than for one key, or for one row of a table that is read outside: a list beside each row. */
function readsMany(node: PlanNode, facts: Facts): boolean {
  if (facts.isBig(`${node.Schema}.${node['Relation Name']}`)) {
    const condition = String(node['Index Cond'] ?? '');
    const isOfOneRow = /\(\w+\.\w+ = \w+\.\w+\)/.test(condition);
    return !isOfOneRow && !(condition.includes(' = ') && facts.isUnique(String(node['Index Name'])));
  }
  return (node.Plans ?? []).some((child) => child['Subplan Name'] === undefined && readsMany(child, facts));
}
