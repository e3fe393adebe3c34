import { RightOutlined } from '@ant-design/icons';
import type { BaseRecord } from '@refinedev/core';
import { Fragment, useState } from 'react';
import { text } from '../../locales/index.ts';
import type { Column, DataListProps } from './data-list.tsx';
import { SelectPage, SelectRow } from './row-checkbox.tsx';
import { SortableHeading } from './sortable-heading.tsx';
import './table.css';
import { useWindowWidth } from './window-width.ts';

/** What a column without a width needs for words to be read, and what the columns of boxes and buttons have. */
const least = { column: 180, expand: 48, select: 44 };

type Props<Row extends BaseRecord & { id: string }> = DataListProps<Row>;

/**
 * A list as a table of HTML: one page of rows from the server, sorted there. It needs no more than that, and antd's table
 * with what it brings along is fifty kilobytes that would stand between a person and their first list.
 */
export function DataTable<Row extends BaseRecord & { id: string }>(props: Props<Row>) {
  const { list, label, columns, expand, selection } = props;
  const [expanded, setExpanded] = useState<readonly string[]>([]);
  const width = useWindowWidth();
  const shown = columns.filter(({ from = 0 }) => width >= from);
  const span = shown.length + (selection ? 1 : 0) + (expand ? 1 : 0);
  const room = shown.reduce(
    (sum, { width: wide }) => sum + (typeof wide === 'number' ? wide : least.column),
    (expand ? least.expand : 0) + (selection ? least.select : 0),
  );
  const toggle = (id: string) =>
    setExpanded(expanded.includes(id) ? expanded.filter((other) => other !== id) : [...expanded, id]);
  return (
    <div className="mm-table">
      <table aria-label={label} style={{ minWidth: room }}>
        <colgroup>
          {expand ? <col style={{ width: least.expand }} /> : null}
          {selection ? <col style={{ width: least.select }} /> : null}
          {shown.map(({ key, width: wide }) => (
            <col key={key} style={wide === undefined ? undefined : { width: wide }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {expand ? (
              <th scope="col">
                <span className="mm-visually-hidden">{text.list.details}</span>
              </th>
            ) : null}
            {selection ? (
              <th scope="col">
                <SelectPage rows={list.rows} selection={selection} />
              </th>
            ) : null}
            {shown.map((column) => (
              <SortableHeading key={column.key} list={list} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {list.rows.map((row) => (
            <Fragment key={row.id}>
              <TableRow
                {...props}
                row={row}
                columns={shown}
                isExpanded={expanded.includes(row.id)}
                onToggle={() => toggle(row.id)}
              />
              {expand && expanded.includes(row.id) ? (
                <tr className="mm-table-more">
                  <td colSpan={span}>{expand(row)}</td>
                </tr>
              ) : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps<Row extends BaseRecord & { id: string }> = Props<Row> & {
  row: Row;
  columns: readonly Column<Row>[];
  isExpanded: boolean;
  onToggle: () => void;
};

function TableRow<Row extends BaseRecord & { id: string }>(props: RowProps<Row>) {
  const { row, columns, expand, nameOf, selection, isExpanded, onToggle } = props;
  const isChosen = selection?.ids.includes(row.id) ?? false;
  return (
    <tr data-row-key={row.id} data-chosen={isChosen || undefined}>
      {expand ? (
        <td>
          <button
            type="button"
            className="mm-expand"
            aria-expanded={isExpanded}
            aria-label={`${text.list.details}: ${nameOf?.(row) ?? row.id}`}
            onClick={onToggle}
          >
            <RightOutlined aria-hidden />
          </button>
        </td>
      ) : null}
      {selection ? (
        <td>
          <SelectRow row={row} selection={selection} />
        </td>
      ) : null}
      {columns.map((column) => (
        <td key={column.key} data-align={column.align}>
          {column.render(row)}
        </td>
      ))}
    </tr>
  );
}
