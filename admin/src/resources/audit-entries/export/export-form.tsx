import { Alert, Button, Radio } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import type { ExportFormat } from '../../../components/export/export-format.ts';
import type { FilterValues } from '../../../components/list/list-state.ts';
import { useAccount } from '../../../config/account.ts';
import { text } from '../../../locales/index.ts';
import { exact } from '../../../time/format.ts';
import { useNewestCheckpoint } from '../checkpoint.ts';
import { filterValueWords, filterWords } from '../filters.ts';
import { ExportFailure } from './export-failure.tsx';
import { carriedFilters, filtersNotCarried } from './export-query.ts';

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
  const mayFilter = carriedFilters(values).length > 0;
  const [wantsFilter, setWantsFilter] = useState(true);
  const filtered = mayFilter && wantsFilter;
  const left = filtersNotCarried(values);
  const words = text.audit.export;
  const whole = own ? words.wholeOwn : words.whole;
  return (
    <form
      className="mm-export"
      onSubmit={(event) => {
        event.preventDefault();
        onStart(format, filtered ? values : {});
      }}
    >
      {failure === undefined ? null : <ExportFailure failure={failure} />}
      {mayFilter ? (
        <Choice
          legend={words.what}
          value={filtered ? 'filtered' : 'whole'}
          onChange={(value) => setWantsFilter(value === 'filtered')}
          options={[
            { value: 'filtered', label: words.filtered, hint: <FilterList values={values} /> },
            { value: 'whole', label: whole },
          ]}
        />
      ) : (
        <p>
          <strong>{words.what}</strong>
          <span className="mm-export-hint">{whole}</span>
        </p>
      )}
      {left.length > 0 && (filtered || !mayFilter) ? (
        <Alert
          type="warning"
          showIcon
          title={words.notCarried(left.map((name) => `“${filterWords(name)}”`).join(', '))}
        />
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
        <Button type="primary" htmlType="submit" disabled={checkpoint === null}>
          {failure === undefined ? words.start : words.again}
        </Button>
      </div>
    </form>
  );
}

function FilterList({ values }: { values: FilterValues }) {
  return carriedFilters(values).map(([name, value]) => (
    <span key={name} className="mm-export-filter">
      {filterWords(name)}: {filterValueWords(name, value)}
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
