import type { BaseRecord } from '@refinedev/core';
import { text } from '../../locales/index.ts';
import type { Selection } from './data-list.tsx';

type RowProps<Row> = { row: Row; selection: Selection<Row> };

/** Chooses one row; what cannot be chosen says so by being disabled. */
export function SelectRow<Row extends BaseRecord & { id: string }>({ row, selection }: RowProps<Row>) {
  const { ids, onChange, isSelectable, label } = selection;
  return (
    <input
      type="checkbox"
      className="mm-check"
      aria-label={label(row)}
      disabled={!isSelectable(row)}
      checked={ids.includes(row.id)}
      onChange={({ target }) => onChange(target.checked ? [...ids, row.id] : ids.filter((id) => id !== row.id))}
    />
  );
}

type PageProps<Row> = { rows: readonly Row[]; selection: Selection<Row> };

/** Chooses all rows of the page that can be chosen, or none of them; what is chosen on other pages stays. */
export function SelectPage<Row extends BaseRecord & { id: string }>({ rows, selection }: PageProps<Row>) {
  const { ids, onChange, isSelectable } = selection;
  const possible = rows.filter(isSelectable).map(({ id }) => id);
  const chosen = possible.filter((id) => ids.includes(id)).length;
  const isWhole = possible.length > 0 && chosen === possible.length;
  const elsewhere = ids.filter((id) => !possible.includes(id));
  return (
    <input
      type="checkbox"
      className="mm-check"
      aria-label={text.list.selectPage}
      disabled={possible.length === 0}
      checked={isWhole}
      ref={(box) => {
        // There is no attribute for "some of them".
        if (box) box.indeterminate = chosen > 0 && !isWhole;
      }}
      onChange={() => onChange(isWhole ? elsewhere : [...elsewhere, ...possible])}
    />
  );
}
