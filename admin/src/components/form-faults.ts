import type { FormInstance } from 'antd';
import { text } from '../locales/index.ts';
import { isApiError } from '../providers/data/index.ts';

/** Messages by the field's name, as a form or the server found them. */
export type Faults = Readonly<Record<string, string | readonly string[]>>;

/**
 * Says what is wrong at the fields it is about, and leads the keyboard to the first.
 * @param fields those that the form has, in their order
 * @returns what belongs to no field of the form
 */
export function showFaults(form: FormInstance, fields: readonly string[], faults: Faults): string | undefined {
  const entries = Object.entries(faults).map(([name, errors]) => ({ name, errors: [errors].flat() }));
  const known = entries.filter(({ name }) => fields.includes(name));
  form.setFields(known);
  const first = fields.find((field) => known.some(({ name }) => name === field));
  if (first) form.getFieldInstance(first)?.focus?.();
  const elsewhere = entries.filter(({ name }) => !fields.includes(name)).flatMap(({ errors }) => errors);
  return elsewhere.length > 0 ? elsewhere.join(' ') : undefined;
}

/** What a refusal says of fields; undefined when it is about something else. */
export function faultsOf(error: unknown): Faults | undefined {
  return isApiError(error) && error.errors ? (error.errors as Faults) : undefined;
}

export function sentenceOf(error: unknown): string {
  return isApiError(error) ? error.message : text.errors.unnamed;
}
