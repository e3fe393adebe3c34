import { FilterOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { text } from '../../locales/index.ts';
import { fromLocalInput, toLocalInput } from '../../time/local-input.ts';
import { countFilters } from './list-state.ts';
import type { ListPage } from './use-list-page.ts';

// biome-ignore lint/suspicious/noExplicitAny: the fields only read and change the state, whatever the rows are
type AnyList = ListPage<any>;

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

type FieldProps = { list: AnyList; name: string; label: string };

function setValues({ list, name }: FieldProps, values: readonly string[]): void {
  const { [name]: _former, ...others } = list.state.values;
  list.change({ values: values.length === 0 ? others : { ...others, [name]: values } });
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
      <Input
        id={id}
        type="search"
        allowClear
        maxLength={200}
        prefix={<SearchOutlined aria-hidden />}
        value={typed}
        onChange={(event) => {
          const { value } = event.target;
          setTyped(value);
          clearTimeout(timer.current);
          waiting.current = true;
          timer.current = setTimeout(() => apply(value), typingMs);
        }}
        onPressEnter={() => apply(typed)}
      />
    </div>
  );
}

export type Choice = { value: string; label: string };

export function ChoiceField(props: FieldProps & { choices: readonly Choice[]; width?: number }) {
  const { list, name, label, choices, width = 170 } = props;
  const id = useId();
  return (
    <div className="mm-filter">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        mode="multiple"
        allowClear
        maxTagCount="responsive"
        showSearch={{ optionFilterProp: 'label' }}
        style={{ minWidth: width }}
        placeholder={text.list.any}
        value={[...(list.state.values[name] ?? [])]}
        onChange={(values: string[]) => setValues(props, values)}
        options={[...choices]}
      />
    </div>
  );
}

/** Applied when the field is left or Enter is pressed: an id is pasted whole. */
export function TextField(props: FieldProps) {
  const { list, name, label } = props;
  const id = useId();
  const applied = list.state.values[name]?.[0] ?? '';
  const [typed, setTyped] = useState(applied);
  useEffect(() => setTyped(applied), [applied]);
  const apply = () => {
    const trimmed = typed.trim();
    if (trimmed !== applied) setValues(props, trimmed === '' ? [] : [trimmed]);
  };
  return (
    <div className="mm-filter">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        allowClear
        maxLength={200}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          if (event.target.value === '') setValues(props, []);
        }}
        onBlur={apply}
        onPressEnter={apply}
      />
    </div>
  );
}

/** From and to, in the reader's own time zone. */
export function RangeField(props: FieldProps) {
  const { list, name, label } = props;
  const [from = '', to = ''] = list.state.values[name] ?? [];
  const set = (nextFrom: string, nextTo: string) => setValues(props, nextFrom || nextTo ? [nextFrom, nextTo] : []);
  return (
    <fieldset className="mm-filter mm-fieldset">
      <legend className="mm-label">{label}</legend>
      <div className="mm-filter-range">
        <MomentInput
          label={`${label}: ${text.list.from}`}
          hint={text.list.from}
          value={from}
          onChange={(at) => set(at, to)}
        />
        <MomentInput
          label={`${label}: ${text.list.to}`}
          hint={text.list.to}
          value={to}
          onChange={(at) => set(from, at)}
        />
      </div>
    </fieldset>
  );
}

type MomentProps = { label: string; hint: string; value: string; onChange: (at: string) => void };

function MomentInput({ label, hint, value, onChange }: MomentProps) {
  return (
    <Input
      type="datetime-local"
      aria-label={label}
      title={hint}
      style={{ width: 200 }}
      value={toLocalInput(fromLocalInput(value))}
      onChange={(event) => onChange(fromLocalInput(event.target.value)?.toISOString() ?? '')}
    />
  );
}
