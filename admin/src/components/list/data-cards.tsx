import type { BaseRecord } from '@refinedev/core';
import { text } from '../../locales/index.ts';
import type { Column, DataListProps } from './data-list.tsx';
import { SelectRow } from './row-checkbox.tsx';

/** The same columns as cards: nothing has to be scrolled sideways on a phone. */
export function DataCards<Row extends BaseRecord & { id: string }>(props: DataListProps<Row>) {
  const { list, label, columns, expand, selection } = props;
  const of = (place: Column<Row>['card']) => columns.filter((column) => column.card === place);
  return (
    <>
      <SortChoice {...props} />
      <ul className="mm-cards" aria-label={label}>
        {list.rows.map((row) => (
          <li key={row.id} className="mm-card mm-record">
            <div className="mm-record-head">
              {selection?.isSelectable(row) ? <SelectRow row={row} selection={selection} /> : null}
              {of('heading').map((column) => (
                <div key={column.key} className="mm-record-title">
                  {column.render(row)}
                </div>
              ))}
              {of('badge').map((column) => (
                <div key={column.key}>{column.render(row)}</div>
              ))}
            </div>
            <dl>
              {of('fact').map((column) => {
                const shown = column.render(row);
                // A fact that is not one takes no room.
                return shown === null ? null : (
                  <div key={column.key}>
                    <dt className={column.hideTitle ? 'mm-visually-hidden' : undefined}>{column.title}</dt>
                    <dd>{shown}</dd>
                  </div>
                );
              })}
            </dl>
            {expand ? (
              <details>
                <summary>{text.list.details}</summary>
                {expand(row)}
              </details>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}

function SortChoice<Row extends BaseRecord & { id: string }>({ list, columns }: DataListProps<Row>) {
  const { sort } = list.state;
  const sortable = columns.filter((column) => list.spec.sortable.includes(column.key));
  if (sortable.length < 2) return null;
  return (
    <select
      className="mm-input mm-sort"
      aria-label={text.list.sortBy}
      value={`${sort.order} ${sort.field}`}
      onChange={({ target }) => {
        const [order = 'asc', field = sort.field] = target.value.split(' ');
        list.change({ sort: { field, order: order === 'desc' ? 'desc' : 'asc' } });
      }}
    >
      {sortable.flatMap(({ key, title }) => [
        <option key={`asc ${key}`} value={`asc ${key}`}>{`${title}, ${text.list.ascending}`}</option>,
        <option key={`desc ${key}`} value={`desc ${key}`}>{`${title}, ${text.list.descending}`}</option>,
      ])}
    </select>
  );
}
