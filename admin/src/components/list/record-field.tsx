import { lazy } from 'react';
import { text } from '../../locales/index.ts';
import { LateField } from './late-field.tsx';
import type { RecordSource } from './record-select.tsx';
import { type FieldProps, setValues } from './set-values.ts';

// As with choices: rows come first.
const RecordSelect = lazy(() => import('./record-select.tsx').then((loaded) => ({ default: loaded.RecordSelect })));

type RecordFieldProps = FieldProps & { source: RecordSource };

/** A filter by one record. */
export function RecordField(props: RecordFieldProps) {
  const { list, name, label, source } = props;
  return (
    <LateField label={label} width={190}>
      {(id) => (
        <RecordSelect
          id={id}
          source={source}
          allowClear
          placeholder={text.list.any}
          value={list.state.values[name]?.[0]}
          onChange={(next) => setValues(props, next ? [next] : [])}
        />
      )}
    </LateField>
  );
}
