import { Input, Select } from 'antd';
import { useEffect, useId, useState } from 'react';
import { text } from '../../locales/index.ts';
import { fromLocalInput, toLocalInput } from '../../time/local-input.ts';
import { type FieldProps, setValues } from './set-values.ts';

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

/** One of these values at the most; a value in the address that is not among them stands as it is. */
export function OneOfField(props: FieldProps & { choices: readonly Choice[]; width?: number }) {
  const { list, name, label, choices, width = 170 } = props;
  const id = useId();
  const value = list.state.values[name]?.[0];
  return (
    <div className="mm-filter">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        style={{ minWidth: width }}
        popupMatchSelectWidth={false}
        placeholder={text.list.any}
        value={value ?? null}
        onChange={(next: string | null | undefined) => setValues(props, next ? [next] : [])}
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
