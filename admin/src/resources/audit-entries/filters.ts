import type { ListSpec } from '../../components/list/list-state.ts';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import { ownZone } from '../../time/zone.ts';
import { actionWords, doors, objectWords } from './words.ts';

/**
 * What the log can be asked. One actor, one action, one kind of object: as the API's exports have it, so that a file holds what
 * the list shows.
 */
export const auditList: ListSpec = {
  filters: {
    actor: { kind: 'text', field: 'actor_subject' },
    action: { kind: 'text', field: 'action' },
    type: { kind: 'text', field: 'object_type' },
    object: { kind: 'text', field: 'object_id' },
    door: { kind: 'choice', field: 'door', values: doors },
    request: { kind: 'text', field: 'request_id' },
    when: { kind: 'range', field: 'occurred_at', endLeftOut: true },
  },
  sortable: ['occurred_at'],
  initialSort: { field: 'occurred_at', order: 'desc' },
};

/** The name of a filter, as its field has it. */
export function filterWords(name: string): string {
  const words: Readonly<Record<string, string>> = {
    actor: text.audit.actor,
    action: text.audit.action,
    type: text.audit.objectType,
    object: text.audit.objectId,
    door: text.audit.door,
    request: text.audit.requestId,
    when: text.audit.when(ownZone()),
  };
  return words[name] ?? name;
}

/** What a filter is set to, as its field shows it. */
export function filterValueWords(name: string, value: readonly string[]): string {
  const [first = '', second = ''] = value;
  if (name === 'action') return actionWords(first);
  if (name === 'type') return objectWords(first);
  if (name !== 'when') return value.join(', ');
  const end = (at: string) => (at ? exact(new Date(at)) : text.list.any.toLowerCase());
  return `${end(first)} – ${end(second)}`;
}

/** The address of the list under one filter. */
export function auditListUrl(filter: 'actor' | 'object' | 'request', value: string): string {
  return `/audit-log?${new URLSearchParams({ [filter]: value })}`;
}
