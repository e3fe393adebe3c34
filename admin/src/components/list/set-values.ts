import type { ListPage } from './use-list-page.ts';

// biome-ignore lint/suspicious/noExplicitAny: fields only read and change the state of a list, whatever its rows are
export type AnyList = ListPage<any>;

export type FieldProps = { list: AnyList; name: string; label: string };

/** Sets one filter and leaves the others; no values take it away. */
export function setValues({ list, name }: FieldProps, values: readonly string[]): void {
  const { [name]: _former, ...others } = list.state.values;
  list.change({ values: values.length === 0 ? others : { ...others, [name]: values } });
}
