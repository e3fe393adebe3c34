import { type FieldPath, fieldPath } from './field.ts';

/**
 * A condition on a related row, as PostgREST can say it anywhere in a tree of and and or: the relation is embedded once more, empty and
 * under a name of its own, its rows are narrowed to those for which the condition holds, and the tree asks whether one is left
 * (`_f0.not.is.null`). What the caller chose to see of the relation is not touched by it.
 */
export type Related = { alias: string; relation: string; tree: string; related: readonly Related[] };

/** Begins with an underscore, which no column of ours does; taken out of the rows again by `withoutAliases`. */
const aliasOf = (index: number) => `_f${index}`;

/** Collects the conditions on related rows that one question has. */
export class RelatedConditions {
  readonly list: Related[] = [];

  /** @param part the condition on a column, by its name @returns what stands for it in the tree */
  say(field: string, part: (column: string) => string): string {
    const path = fieldPath(field);
    if (path.relations.length === 0) return part(path.column);
    const condition = nest(path, part(path.column), aliasOf(this.list.length));
    this.list.push(condition);
    return `${condition.alias}.not.is.null`;
  }
}

function nest({ relations: [relation = '', ...others], column }: FieldPath, part: string, alias: string): Related {
  if (others.length === 0) return { alias, relation, tree: `and(${part})`, related: [] };
  const inner = nest({ relations: others, column }, part, aliasOf(0));
  return { alias, relation, tree: `and(${inner.alias}.not.is.null)`, related: [inner] };
}

/** What has to be in `select` for the conditions to be asked. */
export function embeds(related: readonly Related[]): string[] {
  return related.map((one) => `${one.alias}:${one.relation}(${embeds(one.related).join(',')})`);
}

/** The conditions by the path of aliases that they are about. */
export function relatedTrees(related: readonly Related[], prefix = ''): [path: string, tree: string][] {
  return related.flatMap((one) => {
    const path = `${prefix}${one.alias}`;
    return [[path, one.tree] as [string, string], ...relatedTrees(one.related, `${path}.`)];
  });
}
