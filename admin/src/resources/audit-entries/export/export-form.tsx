import { Alert, Button, Radio } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import type { FilterValues } from '../../../components/list/list-state.ts';
import { useAccount } from '../../../config/account.ts';
import { text } from '../../../locales/index.ts';
import { exact } from '../../../time/format.ts';
import { useNewestCheckpoint } from '../checkpoint.ts';
import { filterWords } from '../filters.ts';
import { ExportFailure } from './export-failure.tsx';
import { type ExportFormat, exportQuery, filtersNotCarried } from './export-query.ts';

type Props = {
  values: FilterValues;
  failure: unknown;
  onStart: (format: ExportFormat, values: FilterValues) => void;
  onCancel: () => void;
};

/** What goes into the file, and what the file is good for. */
export function ExportForm({ values, failure, onStart, onCancel }: Props) {
  const own = useAccount().role === 'coach';
  const { data: checkpoint } = useNewestCheckpoint();
  const [format, setFormat] = useState<ExportFormat>('jsonl');
  const mayFilter = [...exportQuery(format, values).keys()].length > 1;
  const [wantsFilter, setWantsFilter] = useState(true);
  const filtered = mayFilter && wantsFilter;
  const left = filtersNotCarried(values);
  const words = text.audit.export;
  return (
    <div className="mm-export">
      {failure === undefined ? null : <ExportFailure failure={failure} />}
      <Choice
        legend={words.what}
        value={filtered ? 'filtered' : 'whole'}
        onChange={(value) => setWantsFilter(value === 'filtered')}
        options={[
          ...(mayFilter ? [{ value: 'filtered', label: words.filtered, hint: <FilterList values={values} /> }] : []),
          { value: 'whole', label: own ? words.wholeOwn : words.whole },
        ]}
      />
      {left.length > 0 && (filtered || !mayFilter) ? (
        <Alert type="warning" showIcon title={words.notCarried(left.map((name) => filterWords(name)).join(', '))} />
      ) : null}
      <Choice
        legend={words.format}
        value={format}
        onChange={(value) => setFormat(value === 'csv' ? 'csv' : 'jsonl')}
        options={[
          {
            value: 'jsonl',
            label: words.formats.jsonl,
            hint: filtered || own ? words.jsonlSelection : words.jsonlWhole,
          },
          { value: 'csv', label: words.formats.csv, hint: words.csv },
        ]}
      />
      <p className="mm-quiet mm-small">
        {checkpoint ? `${words.upTo(exact(new Date(checkpoint.signedAt), { seconds: true }))} ` : ''}
        {words.recorded}
      </p>
      {checkpoint === null ? <Alert type="info" showIcon title={text.audit.state.unsignedBody} /> : null}
      <div className="mm-dialog-actions">
        <Button onClick={onCancel}>{text.actions.cancel}</Button>
        <Button type="primary" disabled={checkpoint === null} onClick={() => onStart(format, filtered ? values : {})}>
          {failure === undefined ? words.start : words.again}
        </Button>
      </div>
    </div>
  );
}

function FilterList({ values }: { values: FilterValues }) {
  return [...exportQuery('jsonl', values)]
    .filter(([name]) => name !== 'format')
    .map(([name, value]) => (
      <span key={name} className="mm-export-filter">
        <code>{name}</code> {name === 'from' || name === 'to' ? exact(new Date(value)) : value}
      </span>
    ));
}

type Option = { value: string; label: string; hint?: ReactNode };
type ChoiceProps = { legend: string; value: string; onChange: (value: string) => void; options: readonly Option[] };

function Choice({ legend, value, onChange, options }: ChoiceProps) {
  const id = useId();
  return (
    <div className="mm-export-choice">
      <strong id={id}>{legend}</strong>
      <Radio.Group aria-labelledby={id} value={value} onChange={(event) => onChange(String(event.target.value))}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value}>
            {option.label}
            {option.hint ? <span className="mm-quiet mm-small mm-export-hint">{option.hint}</span> : null}
          </Radio>
        ))}
      </Radio.Group>
    </div>
  );
}
