import type { BaseRecord } from '@refinedev/core';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { text } from '../../locales/index.ts';
import { ErrorState, StatePage } from '../states.tsx';
import { DataCards } from './data-cards.tsx';
import { DataTable } from './data-table.tsx';
import { isHideable } from './hidden-columns.ts';
import './list.css';
import { ListFooter } from './list-footer.tsx';
import { ListTools } from './list-tools.tsx';
import type { ListPage } from './use-list-page.ts';
import { usePhone } from './window-width.ts';

export type Column<Row> = {
  /** The column of the view it is sorted by, where the list's spec allows that; else any name. */
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  width?: number | string;
  align?: 'right';
  /** The title is for screen readers only. */
  hideTitle?: boolean;
  /** Where it stands on a card: as the heading, beside it, in the list of facts, or nowhere. */
  card: 'heading' | 'badge' | 'fact' | 'none';
  /** Left out of the table where the window is narrower than so many pixels. */
  from?: number;
};

/** Rows that something is to be done with; a selection outlives the page of the list. */
export type Selection<Row> = {
  ids: readonly string[];
  onChange: (ids: readonly string[]) => void;
  isSelectable: (row: Row) => boolean;
  /** Names a row's checkbox. */
  label: (row: Row) => string;
};

export type DataListProps<Row> = {
  list: ListPage<Row>;
  /** Names the list for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  empty: ReactNode;
  /** More about a row, opened on demand. */
  expand?: (row: Row) => ReactNode;
  /** What a row is called, for the button that expands it. */
  nameOf?: (row: Row) => string;
  selection?: Selection<Row> | undefined;
};

/** Table or cards, and the states in which there is neither; views and columns to choose where the list has an address. */
export function DataList<Row extends BaseRecord & { id: string }>(props: DataListProps<Row>) {
  const { list, columns } = props;
  const hidden = list.address?.hidden ?? [];
  return (
    <>
      <ListTools list={list} columns={columns} />
      <ListBody {...props} columns={columns.filter((column) => !(isHideable(column) && hidden.includes(column.key)))} />
    </>
  );
}

function ListBody<Row extends BaseRecord & { id: string }>(props: DataListProps<Row>) {
  const { list, empty } = props;
  const phone = usePhone();
  const filtered = Object.keys(list.state.values).length > 0;

  if (list.error && list.rows.length === 0) {
    return (
      <div className="mm-card">
        <ErrorState title={text.errors.listTitle} error={list.error} onRetry={list.refetch} />
      </div>
    );
  }
  if (list.isLoading) return <ListSkeleton />;
  if (list.rows.length === 0) {
    return (
      <div className="mm-card">
        {filtered ? (
          <StatePage
            kind="noMatch"
            level="h2"
            title={text.list.noMatchTitle}
            body={text.list.noMatchBody}
            action={{ label: text.actions.clearFilters, onClick: () => list.change({ values: {} }) }}
          />
        ) : (
          empty
        )}
      </div>
    );
  }
  return (
    <div aria-busy={list.isStale} className="mm-list" data-stale={list.isStale}>
      {phone ? <DataCards {...props} /> : <DataTable {...props} />}
      <ListFooter list={list} />
    </div>
  );
}

function ListSkeleton() {
  return (
    <div className="mm-card mm-list-skeleton" aria-busy="true">
      <span className="mm-visually-hidden" role="status">
        {text.list.loading}
      </span>
      {Array.from({ length: 6 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton have no other identity
        <Skeleton key={row} active title={false} paragraph={{ rows: 1, width: `${92 - row * 6}%` }} />
      ))}
    </div>
  );
}
