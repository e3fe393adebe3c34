/** The database roles that may ask, in the order of every table. */
export const roles = [
  'mm_anon',
  'mm_coach',
  'mm_admin',
  'mm_compliance',
  'mm_operator',
  'mm_auditor',
  'mm_service',
] as const;
export type Role = (typeof roles)[number];
type ShortRole = 'anon' | 'coach' | 'admin' | 'compliance' | 'operator' | 'auditor' | 'service';

export const verbs = ['select', 'insert', 'update', 'delete'] as const;
export type Verb = (typeof verbs)[number];

/** Whose the row is, seen from the caller. `nobody`: it belongs to no person at all. */
export type Relation = 'own' | 'other' | 'nobody';

/**
 * Which rows a granted verb reaches: the caller's own, every row, or none (a grant without a policy behind it, which a view needs to
 * name a column that it then shows empty).
 */
type Rows = 'own' | 'all' | 'none';
type Grants = Partial<Record<ShortRole, Rows>>;

/** Sets of columns by name; of each verb, which role reaches which rows of which sets. What is not stated is denied. */
type ObjectRules<Sets extends string> = {
  columns: Record<Sets, string>;
  select?: Partial<Record<Sets, Grants>>;
  insert?: Partial<Record<Sets, Grants>>;
  update?: Partial<Record<Sets, Grants>>;
  delete?: Grants;
};

/** A table or view and everything that may be done with it. */
export type DeclaredObject = {
  name: string;
  /** Column that tells rows apart. */
  key: string;
  /** The table whose arranged rows this object shows: itself for a table. */
  rowsOf: string;
  columns: ReadonlyMap<string, string>;
  rules: ObjectRules<string>;
};

/** Declares an object. Columns are named in full, so that a new one is undeclared until somebody decides. */
export function object<Sets extends string>(
  name: string,
  rules: ObjectRules<Sets> & { key?: string; rowsOf?: string },
): DeclaredObject {
  const columns = new Map<string, string>();
  for (const [set, names] of Object.entries<string>(rules.columns)) {
    for (const column of names.trim().split(/\s+/)) {
      if (columns.has(column)) throw new Error(`${name}.${column} is declared twice.`);
      columns.set(column, set);
    }
  }
  return { name, key: rules.key ?? 'id', rowsOf: rules.rowsOf ?? name, columns, rules };
}

/** What a door answers: the row is reached; the right is there, but not for this row; or there is no such right. */
export type Outcome = 'allowed' | 'hidden' | 'denied';

export type Cell = {
  role: Role;
  relation: Relation;
  object: DeclaredObject;
  /** Null for delete, which is about whole rows. */
  column: string | null;
  verb: Verb;
  outcome: Outcome;
};

function outcomeOf(rows: Rows | undefined, relation: Relation): Outcome {
  if (rows === undefined) return 'denied';
  return rows === 'all' || (rows === 'own' && relation === 'own') ? 'allowed' : 'hidden';
}

/** The declared reach of a role, for one column (or, for delete, the row). */
export function reachOf(object: DeclaredObject, role: Role, verb: Verb, column: string | null): Rows | undefined {
  const short = role.slice(3) as ShortRole;
  if (verb === 'delete') return object.rules.delete?.[short];
  const set = column === null ? undefined : object.columns.get(column);
  return set === undefined ? undefined : object.rules[verb]?.[set]?.[short];
}

/** Whether a caller of this role can own rows at all: nobody and the service itself have no profile. */
export function canOwn(role: Role): boolean {
  return role !== 'mm_anon' && role !== 'mm_service';
}

/** Every cell of an object: role × relation × column × verb, and role × relation for delete. */
export function cellsOf(object: DeclaredObject, relations: readonly Relation[]): Cell[] {
  return roles.flatMap((role) =>
    relations
      .filter((relation) => relation !== 'own' || canOwn(role))
      .flatMap((relation) =>
        verbs.flatMap((verb) =>
          (verb === 'delete' ? [null] : [...object.columns.keys()]).map((column): Cell => {
            const outcome = outcomeOf(reachOf(object, role, verb, column), relation);
            return { role, relation, object, column, verb, outcome };
          }),
        ),
      ),
  );
}

/** A function, who may execute it, and what for. Parameters as in pg_catalog: `app.fail(integer,text,…)`. */
export type DeclaredFunction = { signature: string; roles: readonly Role[] };

export function functions(callers: ShortRole[], signatures: string): DeclaredFunction[] {
  return signatures
    .trim()
    .split('\n')
    .map((line) => ({ signature: line.trim(), roles: callers.map((short): Role => `mm_${short}`) }));
}
