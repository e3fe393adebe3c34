import type { ReactNode } from 'react';
import { Panel } from '../../components/page.tsx';
import { ErrorState, PageSkeleton, StatePage } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import type { useRowsOf } from '../use-rows-of.ts';
import './jobs.css';

export type Cell = { title: string; align?: 'right'; value: ReactNode };

type Props<Row> = {
  title: string;
  /** What each row is: the first column's title. */
  rowTitle: string;
  empty: string;
  reading: ReturnType<typeof useRowsOf<Row>>;
  nameOf: (row: Row) => string;
  /** Tells rows apart whose names may be the same. */
  keyOf?: (row: Row) => string;
  cellsOf: (row: Row) => readonly Cell[];
};

/** A short table of what a function answers, whole: no paging, no sorting. On a phone each row is a block of its own. */
export function ReadingPanel<Row>({ title, rowTitle, empty, reading, nameOf, keyOf = nameOf, cellsOf }: Props<Row>) {
  const { rows, error, isLoading, refetch } = reading;
  const [first] = rows ?? [];
  return (
    <Panel title={title} flush>
      {isLoading ? (
        <div className="mm-panel-body">
          <PageSkeleton />
        </div>
      ) : !rows ? (
        <ErrorState title={text.errors.listTitle} error={error} onRetry={refetch} level="p" />
      ) : !first ? (
        <StatePage kind="empty" level="p" title={empty} />
      ) : (
        <table className="mm-reading">
          <caption className="mm-visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{rowTitle}</th>
              {cellsOf(first).map((cell) => (
                <th key={cell.title} scope="col" data-align={cell.align}>
                  {cell.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)}>
                <th scope="row">
                  <code>{nameOf(row)}</code>
                </th>
                {cellsOf(row).map((cell) => (
                  <td key={cell.title} data-align={cell.align} data-label={cell.title}>
                    <div>{cell.value}</div>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
