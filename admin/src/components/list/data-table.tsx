import { RightOutlined } from '@ant-design/icons';
import type { BaseRecord } from '@refinedev/core';
import { Table, type TableProps } from 'antd';
import { text } from '../../locales/index.ts';
import type { DataListProps } from './data-list.tsx';
import { useWindowWidth } from './window-width.ts';

export function DataTable<Row extends BaseRecord & { id: string }>(props: DataListProps<Row>) {
  const { list, label, columns, expand, nameOf, selection } = props;
  const { sort } = list.state;
  const width = useWindowWidth();
  const shown = columns.filter(({ from = 0 }) => width >= from);
  const onChange: TableProps<Row>['onChange'] = (_pages, _filters, sorter) => {
    const { columnKey, order } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
    const field = String(columnKey);
    // antd's third state is "not sorted"; a list always is.
    if (!order) list.change({ sort: list.spec.initialSort });
    else list.change({ sort: { field, order: order === 'ascend' ? 'asc' : 'desc' } });
  };
  return (
    <Table<Row>
      className="mm-table"
      tableLayout="fixed"
      aria-label={label}
      rowKey="id"
      dataSource={[...list.rows]}
      pagination={false}
      showSorterTooltip={false}
      onChange={onChange}
      columns={shown.map((column) => ({
        key: column.key,
        title: column.hideTitle ? <span className="mm-visually-hidden">{column.title}</span> : column.title,
        render: (_value: unknown, row: Row) => column.render(row),
        ...(column.width === undefined ? {} : { width: column.width }),
        ...(column.align === undefined ? {} : { align: column.align }),
        ...(list.spec.sortable.includes(column.key)
          ? { sorter: true, sortOrder: sort.field !== column.key ? null : sort.order === 'asc' ? 'ascend' : 'descend' }
          : {}),
      }))}
      {...(selection
        ? {
            rowSelection: {
              selectedRowKeys: [...selection.ids],
              preserveSelectedRowKeys: true,
              columnWidth: 44,
              onChange: (keys) => selection.onChange(keys.map(String)),
              getTitleCheckboxProps: () => ({ 'aria-label': text.list.selectPage }),
              getCheckboxProps: (row) => ({
                disabled: !selection.isSelectable(row),
                'aria-label': selection.label(row),
              }),
            },
          }
        : {})}
      {...(expand
        ? {
            expandable: {
              expandedRowRender: expand,
              columnTitle: <span className="mm-visually-hidden">{text.list.details}</span>,
              expandIcon: ({ expanded, onExpand, record }) => (
                <button
                  type="button"
                  className="mm-expand"
                  aria-expanded={expanded}
                  aria-label={`${text.list.details}: ${nameOf?.(record) ?? record.id}`}
                  onClick={(event) => onExpand(record, event)}
                >
                  <RightOutlined aria-hidden />
                </button>
              ),
            },
          }
        : {})}
    />
  );
}
