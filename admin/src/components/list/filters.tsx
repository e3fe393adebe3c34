import { FilterOutlined, SearchOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { text } from '../../locales/index.ts';
import { countFilters } from './list-state.ts';
import { searchedWords } from './pasted-link.ts';
import { type AnyList, type FieldProps, setValues } from './set-values.ts';

/** The fields above a list. On a phone all but the search wait behind a button. */
export function Filters({ list, children }: { list: AnyList; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const set = countFilters(list.spec, list.state.values);
  return (
    <search className="mm-filters" data-open={open}>
      {children}
      <Button
        className="mm-filters-toggle"
        icon={<FilterOutlined aria-hidden />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {text.actions.filters(set)}
      </Button>
      {Object.keys(list.state.values).length > 0 ? (
        <Button type="link" onClick={() => list.change({ values: {} })}>
          {text.actions.clearFilters}
        </Button>
      ) : null}
    </search>
  );
}

const typingMs = 350;

/** Searches when typing pauses, at once on Enter. */
export function SearchField(props: FieldProps) {
  const { list, name, label } = props;
  const id = useId();
  const applied = list.state.values[name]?.[0] ?? '';
  const [typed, setTyped] = useState(applied);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const waiting = useRef(false);
  const latest = useRef(props);
  latest.current = props;

  // The address changed by other means: back, forward, "clear filters".
  useEffect(() => {
    if (!waiting.current) setTyped(applied);
  }, [applied]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const apply = (value: string) => {
    clearTimeout(timer.current);
    waiting.current = false;
    const trimmed = value.trim();
    if (trimmed !== (latest.current.list.state.values[name]?.[0] ?? '')) {
      setValues(latest.current, trimmed === '' ? [] : [trimmed]);
    }
  };

  return (
    <div className="mm-filter mm-filter-search">
      <label htmlFor={id}>{label}</label>
      <span className="mm-input-with-icon">
        <SearchOutlined aria-hidden />
        <input
          id={id}
          type="search"
          className="mm-input"
          maxLength={200}
          value={typed}
          onChange={(event) => {
            const value = searchedWords(event.target.value);
            setTyped(value);
            clearTimeout(timer.current);
            waiting.current = true;
            timer.current = setTimeout(() => apply(value), typingMs);
          }}
          onKeyDown={({ key }) => {
            if (key === 'Enter') apply(typed);
          }}
        />
      </span>
    </div>
  );
}
