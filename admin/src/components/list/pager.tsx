import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { text } from '../../locales/index.ts';
import { pageSizes } from './list-state.ts';
import { pagesShown } from './pages-shown.ts';
import './pager.css';

type Props = {
  page: number;
  size: number;
  total: number;
  /** Without single pages and the choice of their size, as on a phone. */
  isNarrow: boolean;
  onChange: (page: number, size: number) => void;
};

/** Pages of a list: back, on, straight to one, and how many rows a page has. */
export function Pager({ page, size, total, isNarrow, onChange }: Props) {
  const last = Math.max(1, Math.ceil(total / size));
  const go = (to: number) => onChange(to, size);
  return (
    <nav className="mm-pager" aria-label={text.list.page}>
      <PagerStep label={text.list.previousPage} isOff={page <= 1} onClick={() => go(page - 1)}>
        <LeftOutlined aria-hidden />
      </PagerStep>
      {isNarrow ? (
        <span className="mm-nums">{text.list.pageOf(page, last)}</span>
      ) : (
        pagesShown(page, last).map((slot) =>
          typeof slot === 'number' ? (
            <button
              key={slot}
              type="button"
              className="mm-nums"
              aria-label={text.list.goToPage(slot)}
              {...(slot === page ? { 'aria-current': 'page' } : {})}
              onClick={() => go(slot)}
            >
              {slot}
            </button>
          ) : (
            <span key={slot} aria-hidden="true">
              …
            </span>
          ),
        )
      )}
      <PagerStep label={text.list.nextPage} isOff={page >= last} onClick={() => go(page + 1)}>
        <RightOutlined aria-hidden />
      </PagerStep>
      {isNarrow ? null : (
        <select
          className="mm-input mm-pager-size"
          aria-label={text.list.pageSize}
          value={size}
          onChange={({ target }) => onChange(1, Number(target.value))}
        >
          {pageSizes.map((choice) => (
            <option key={choice} value={choice}>
              {text.list.rowsPerPage(choice)}
            </option>
          ))}
        </select>
      )}
    </nav>
  );
}

type StepProps = { label: string; isOff: boolean; onClick: () => void; children: React.ReactNode };

function PagerStep({ label, isOff, onClick, children }: StepProps) {
  return (
    <button type="button" aria-label={label} disabled={isOff} onClick={onClick}>
      {children}
    </button>
  );
}
