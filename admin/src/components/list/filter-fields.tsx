import { useEffect, useId, useState } from 'react';
import { text } from '../../locales/index.ts';
import { fromLocalInput, toLocalInput } from '../../time/local-input.ts';
import { type FieldProps, setValues } from './set-values.ts';

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
      <input
        id={id}
        type="search"
        className="mm-input"
        maxLength={200}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          if (event.target.value === '') setValues(props, []);
        }}
        onBlur={apply}
        onKeyDown={({ key }) => {
          if (key === 'Enter') apply();
        }}
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
    <input
      type="datetime-local"
      className="mm-input"
      aria-label={label}
      title={hint}
      style={{ width: 200 }}
      value={toLocalInput(fromLocalInput(value))}
      onChange={(event) => onChange(fromLocalInput(event.target.value)?.toISOString() ?? '')}
    />
  );
}
