import type { ExportFormat } from '../../../components/export/export-format.ts';
import type { FilterValues } from '../../../components/list/list-state.ts';

/** The parameters of an export by the names of the list's filters; those of the list that an export does not know are left out. */
const carried = { actor: 'actor', action: 'action', type: 'object_type', object: 'object_id' } as const;

function isCarried(name: string): boolean {
  return Object.hasOwn(carried, name) || name === 'when';
}

/** What an export is asked for. A list without filters asks for everything that the reader may see. */
export function exportQuery(format: ExportFormat, values: FilterValues): URLSearchParams {
  const query = new URLSearchParams({ format });
  for (const [name, parameter] of Object.entries(carried)) {
    const value = values[name]?.[0];
    if (value) query.set(parameter, value);
  }
  const [from, to] = values.when ?? [];
  if (from) query.set('from', from);
  if (to) query.set('to', to);
  return query;
}

/** The set filters that an export carries, by the list's names. */
export function carriedFilters(values: FilterValues): (readonly [string, readonly string[]])[] {
  return Object.entries(values).filter(([name, value]) => isCarried(name) && value.some((one) => one !== ''));
}

/** Names of the set filters that an export cannot carry. */
export function filtersNotCarried(values: FilterValues): string[] {
  return Object.keys(values).filter((name) => !isCarried(name));
}

/** “audit-log-20261121T040506Z.jsonl”: sorts by time, and is no path on any system. */
export function exportName(format: ExportFormat, now: Date): string {
  return `audit-log-${now.toISOString().replace(/[-:]|\.\d+/g, '')}.${format}`;
}
