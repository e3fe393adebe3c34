import { text } from '../../locales/index.ts';
import { roles } from '../../providers/auth/account.ts';
import type { AuditRow } from '../rows.ts';

/** The actions the database records under a name of their own; all others are `<object>.created`, `.updated`, `.deleted`. */
export const actions = Object.keys(text.audit.actions);
export const objectTypes = Object.keys(text.audit.objects);
export const doors = Object.keys(text.audit.doors);

function own(words: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined;
}

/** “Revoked a share link”; an action that is newer than this page is named as it is. */
export function actionWords(action: string): string {
  return own(text.audit.actions, action) ?? action.replace(/[._]/g, ' ');
}

export function objectWords(type: string): string {
  return own(text.audit.objects, type) ?? type.replace(/_/g, ' ');
}

export function doorWords(door: string): string {
  return own(text.audit.doors, door) ?? door;
}

/** The role of a database role's name: `mm_admin` is an admin. */
export function roleWords(role: string | null): string | undefined {
  const known = roles.find((one) => one === role || `mm_${one}` === role);
  return known && text.account.roles[known];
}

/** Who did it: their name, where the reader may know it; else their role; the system where nobody was at the keyboard. */
export function actorWords(entry: Pick<AuditRow, 'actor_name' | 'actor_subject' | 'actor_role'>): string {
  if (entry.actor_name) return entry.actor_name;
  if (!entry.actor_subject) return text.audit.system;
  return roleWords(entry.actor_role) ?? entry.actor_subject;
}
