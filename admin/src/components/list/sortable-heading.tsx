import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons';
import type { BaseRecord } from '@refinedev/core';
import type { Column } from './data-list.tsx';
import type { ListPage } from './use-list-page.ts';

type Props<Row> = { list: ListPage<Row>; column: Column<Row> };

/** The heading of a column; where the list can be sorted by it, a button that goes on: upwards, downwards, as at first. */
export function SortableHeading<Row extends BaseRecord>({ list, column }: Props<Row>) {
  const { key, title, align, hideTitle } = column;
  const { sort } = list.state;
  if (!list.spec.sortable.includes(key)) {
    return (
      <th scope="col" data-align={align}>
        {hideTitle ? <span className="mm-visually-hidden">{title}</span> : title}
      </th>
    );
  }
  const order = sort.field === key ? sort.order : undefined;
  const next = () => {
    if (!order) list.change({ sort: { field: key, order: 'asc' } });
    else if (order === 'asc') list.change({ sort: { field: key, order: 'desc' } });
    else list.change({ sort: list.spec.initialSort });
  };
  return (
    <th
      scope="col"
      data-align={align}
      aria-sort={order === 'asc' ? 'ascending' : order === 'desc' ? 'descending' : 'none'}
      data-sortable
    >
      <button type="button" onClick={next}>
        <span>{title}</span>
        <span className="mm-sort-signs" data-order={order} aria-hidden="true">
          <CaretUpOutlined />
          <CaretDownOutlined />
        </span>
      </button>
    </th>
  );
}
