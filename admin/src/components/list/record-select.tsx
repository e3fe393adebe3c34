import { type CrudFilter, useSelect } from '@refinedev/core';
import { Select } from 'antd';
import { text } from '../../locales/index.ts';

export type RecordSource = {
  resource: string;
  /** Column that names the record, and that is searched. */
  nameColumn: string;
  filters?: CrudFilter[];
};

export type RecordSelectProps = {
  source: RecordSource;
  value: string | undefined;
  onChange: (id: string | undefined) => void;
  id?: string;
  placeholder?: string;
  allowClear?: boolean;
  disabled?: boolean;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
};

/** Chooses one record by searching its name on the server. */
export function RecordSelect({ source, value, onChange, ...rest }: RecordSelectProps) {
  const { options, onSearch, query } = useSelect<{ id: string }>({
    resource: source.resource,
    // The column is only known at run time, the type wants it at compile time.
    optionLabel: (record) => String((record as Record<string, unknown>)[source.nameColumn] ?? record.id),
    optionValue: (record) => record.id,
    onSearch: (typed): CrudFilter[] =>
      typed.trim() === '' ? [] : [{ field: source.nameColumn, operator: 'contains', value: typed.trim() }],
    filters: source.filters ?? [],
    sorters: [{ field: source.nameColumn, order: 'asc' }],
    pagination: { mode: 'server', pageSize: 20 },
    meta: { count: 'none', select: `id,${source.nameColumn}` },
    ...(value ? { defaultValue: value } : {}),
    selectedOptionsOrder: 'selected-first',
    errorNotification: false,
  });
  return (
    <Select
      {...rest}
      style={{ width: '100%', minWidth: 190 }}
      showSearch={{ filterOption: false, onSearch }}
      loading={query.isFetching}
      notFoundContent={query.isFetching ? text.list.loading : text.list.noMatchTitle}
      value={value ?? null}
      onChange={(next: string | null | undefined) => onChange(next ?? undefined)}
      options={options}
    />
  );
}
