import { type Cell, type DeclaredObject, type Outcome, type Role, roles, type Verb } from './declare.ts';
import type { Answer, Ask } from './probe.ts';
import { isDenied } from './probe.ts';
import type { World } from './world.ts';

/** What was seen instead of an outcome when a statement failed for a reason that is no answer. */
export type Seen = Outcome | `failed: ${string}`;
export type SeenCell = { cell: Cell; seen: Seen };

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A statement that needs exactly the privilege asked about, and reaches no row. */
function privilegeStatement(object: DeclaredObject, verb: Verb, column: string | null): string {
  switch (verb) {
    case 'select':
      return `select ${column} from ${object.name} where false`;
    case 'insert':
      return `insert into ${object.name} (${column}) select (null::${object.name}).${column} where false`;
    case 'update':
      return `update ${object.name} set ${column} = null where false`;
    case 'delete':
      return `delete from ${object.name} where false`;
  }
}

/** The same upon one row. Inserting has no row to be upon: the right is all there is to ask. */
function rowStatement({ object, verb, column, relation, role }: Cell, world: World): string {
  const row = `from ${object.name} where ${object.key} = ${quote(world.keyOf(object.rowsOf, relation, role))}`;
  switch (verb) {
    case 'select':
      return `select ${column} ${row}`;
    case 'update':
      return `update ${object.name} set ${column} = ${column} ${row.slice(row.indexOf('where'))}`;
    case 'delete':
      return `delete ${row}`;
    case 'insert':
      return 'select 1';
  }
}

function privilegeOf(answer: Answer): 'granted' | 'denied' | `failed: ${string}` {
  if ('rows' in answer) return 'granted';
  // A column of a view that is computed can be written by nobody, whatever was granted.
  if (isDenied(answer) || ['0A000', '55000'].includes(answer.error)) return 'denied';
  return `failed: ${answer.error} ${answer.message}`;
}

function reachedBy(answer: Answer): Seen {
  if ('rows' in answer) return answer.rows > 0 ? 'allowed' : 'hidden';
  return answer.error === '42501' ? 'hidden' : `failed: ${answer.error} ${answer.message}`;
}

/** Asks all cells of one role on a door of SQL: first for the right, then, where it is there, for the row. */
export async function askRole(ask: Ask, cells: readonly Cell[], world: World): Promise<SeenCell[]> {
  const rights = [...new Set(cells.map((cell) => privilegeStatement(cell.object, cell.verb, cell.column)))];
  const answers = await ask(rights);
  const privileges = new Map(rights.map((statement, i) => [statement, privilegeOf(answers[i] ?? { rows: 0 })]));
  const right = (cell: Cell) => privileges.get(privilegeStatement(cell.object, cell.verb, cell.column)) ?? 'denied';

  const granted = cells.filter((cell) => right(cell) === 'granted');
  const reached = granted.length === 0 ? [] : await ask(granted.map((cell) => rowStatement(cell, world)));
  const seenOn = new Map(granted.map((cell, i) => [cell, reachedBy(reached[i] ?? { rows: 0 })]));
  return cells.map((cell) => {
    const privilege = right(cell);
    return { cell, seen: privilege === 'granted' ? (seenOn.get(cell) ?? 'hidden') : privilege };
  });
}

/** Asks every cell, role by role. */
export async function askCells(as: (role: Role) => Ask, cells: readonly Cell[], world: World): Promise<SeenCell[]> {
  const seen: SeenCell[] = [];
  for (const role of roles) {
    const own = cells.filter((cell) => cell.role === role);
    if (own.length > 0) seen.push(...(await askRole(as(role), own, world)));
  }
  return seen;
}

/** A cell in words, with what was declared and what was seen. */
export function describeDifference({ cell, seen }: SeenCell, door: string): string {
  const { role, verb, relation, object, column, outcome } = cell;
  const what = column === null ? object.name : `${object.name}.${column}`;
  return `${door}: ${role} ${verb} ${relation} ${what}: declared ${outcome}, seen ${seen}`;
}

export function differences(seen: readonly SeenCell[], door: string): string[] {
  return seen.filter((one) => one.seen !== one.cell.outcome).map((one) => describeDifference(one, door));
}
