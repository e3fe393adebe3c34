import type { BaseRecord } from '@refinedev/core';
import { locale, text } from '../../locales/index.ts';
import { pageSizes } from './list-state.ts';
import { Pager } from './pager.tsx';
import type { ListPage } from './use-list-page.ts';
import { usePhone } from './window-width.ts';

/** The totals of a page's smaller lists are exact up to the server's row limit and an estimate beyond it; "about" is said from here on. */
const exactUpTo = 1000;

export function ListFooter<Row extends BaseRecord>({ list }: { list: ListPage<Row> }) {
  const { state, total, isCapped, rows } = list;
  const phone = usePhone();
  const first = (state.page - 1) * state.size + 1;
  const shown = `${first.toLocaleString(locale)}–${(first + rows.length - 1).toLocaleString(locale)}`;
  return (
    <div className="mm-list-footer">
      <p className="mm-quiet mm-small mm-nums" role="status">
        {text.list.total(shown, total, isCapped ? 'orMore' : total > exactUpTo ? 'about' : 'exactly')}
      </p>
      {total > Math.min(state.size, pageSizes[0]) ? (
        <Pager page={state.page} size={state.size} total={total} isNarrow={phone} onChange={list.goTo} />
      ) : null}
    </div>
  );
}
