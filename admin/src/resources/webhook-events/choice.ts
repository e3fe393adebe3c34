import type { CrudFilter } from '@refinedev/core';
import type { FilterValues } from '../../components/list/list-state.ts';
import type { WebhookEventRow, WebhookState } from '../rows.ts';

/** States in which an event waits aside: it can be replayed or discarded. */
export const asideStates = ['dead', 'quarantined', 'ignored'] as const satisfies WebhookState[];

export function isAside({ state }: Pick<WebhookEventRow, 'state'>): boolean {
  return asideStates.some((aside) => aside === state);
}

/** Which events a replay or a discard means, as the functions of the server take it. */
export type Choice = {
  args: Readonly<Record<string, unknown>>;
  /** How many, where that is known without asking; else `filters` count them. */
  count?: number;
  filters: readonly CrudFilter[];
};

export function choiceOfIds(ids: readonly string[]): Choice {
  return { args: { event_ids: [...ids] }, count: ids.length, filters: [] };
}

/** Why what the filters find cannot be named to the server as one choice. */
export type Unnameable = 'how' | 'notSearch' | 'oneType';

/**
 * All that the filters of the list find, as one choice: the server knows one state of those aside, at most one provider
 * and type, and a range without its end.
 */
export function choiceOfFilters(values: FilterValues, filters: readonly CrudFilter[]): Choice | Unnameable {
  const { q, state = [], provider = [], type = [], when = [] } = values;
  const [only] = state;
  if (state.length !== 1 || !asideStates.some((aside) => aside === only)) return 'how';
  if (q) return 'notSearch';
  if (provider.length > 1 || type.length > 1) return 'oneType';
  const [from, before] = when;
  return {
    args: {
      of_state: only,
      ...(provider[0] ? { of_provider: provider[0] } : {}),
      ...(type[0] ? { of_type: type[0] } : {}),
      ...(from ? { received_from: from } : {}),
      ...(before ? { received_before: before } : {}),
    },
    filters,
  };
}
