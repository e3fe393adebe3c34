import { lazy } from 'react';
import type { Choice } from './choice-selects.tsx';
import { LateField } from './late-field.tsx';
import { type FieldProps, setValues } from './set-values.ts';

// Rows come first: what chooses among values is loaded while they are on their way.
const AnyOfSelect = lazy(() => import('./choice-selects.tsx').then((loaded) => ({ default: loaded.AnyOfSelect })));
const OneOfSelect = lazy(() => import('./choice-selects.tsx').then((loaded) => ({ default: loaded.OneOfSelect })));

type Props = FieldProps & { choices: readonly Choice[]; width?: number };

/** Any of these values. */
export function ChoiceField(props: Props) {
  const { list, name, label, choices, width = 170 } = props;
  return (
    <LateField label={label} width={width}>
      {(id) => (
        <AnyOfSelect
          id={id}
          choices={choices}
          width={width}
          values={list.state.values[name] ?? []}
          onChange={(values) => setValues(props, values)}
        />
      )}
    </LateField>
  );
}

/** One of these values at the most; a value in the address that is not among them stands as it is. */
export function OneOfField(props: Props) {
  const { list, name, label, choices, width = 170 } = props;
  return (
    <LateField label={label} width={width}>
      {(id) => (
        <OneOfSelect
          id={id}
          choices={choices}
          width={width}
          value={list.state.values[name]?.[0]}
          onChange={(value) => setValues(props, value ? [value] : [])}
        />
      )}
    </LateField>
  );
}
