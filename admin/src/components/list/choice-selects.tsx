import { Select } from 'antd';
import { text } from '../../locales/index.ts';

export type Choice = { value: string; label: string };

type Props = { id: string; choices: readonly Choice[]; width: number };

/** Any of the choices. */
export function AnyOfSelect(props: Props & { values: readonly string[]; onChange: (values: string[]) => void }) {
  const { id, choices, width, values, onChange } = props;
  return (
    <Select
      id={id}
      mode="multiple"
      allowClear
      maxTagCount="responsive"
      showSearch={{ optionFilterProp: 'label' }}
      style={{ minWidth: width }}
      placeholder={text.list.any}
      value={[...values]}
      onChange={onChange}
      options={[...choices]}
    />
  );
}

/** One of the choices, or none. */
export function OneOfSelect(props: Props & { value: string | undefined; onChange: (value?: string) => void }) {
  const { id, choices, width, value, onChange } = props;
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      style={{ minWidth: width }}
      popupMatchSelectWidth={false}
      placeholder={text.list.any}
      value={value ?? null}
      onChange={(next: string | null | undefined) => onChange(next ?? undefined)}
      options={[...choices]}
    />
  );
}
