import { useId } from 'react';
import { RecordSelect } from '../../components/list/record-select.tsx';
import { text } from '../../locales/index.ts';
import { fromLocalInput, toLocalInput } from '../../time/local-input.ts';
import { ownZone } from '../../time/zone.ts';
import { videoSource } from '../sources.ts';
import type { Question } from './question.ts';

type Props = { question: Question; onChange: (name: 'video' | 'from' | 'to', value: string | undefined) => void };

/** What is asked, and for which time, in the reader's own zone. */
export function QuestionFields({ question, onChange }: Props) {
  const video = useId();
  const words = text.why;
  return (
    <div className="mm-filters">
      <div className="mm-filter">
        <label htmlFor={video}>{words.video}</label>
        <RecordSelect
          id={video}
          source={videoSource}
          placeholder={text.links.form.videoPlaceholder}
          value={question.video}
          onChange={(next) => onChange('video', next)}
        />
      </div>
      <fieldset className="mm-filter mm-fieldset">
        <legend className="mm-label">{words.time(ownZone())}</legend>
        <div className="mm-filter-range">
          <MomentInput label={text.list.from} value={question.from} onChange={(at) => onChange('from', at)} />
          <MomentInput label={text.list.to} value={question.before} onChange={(at) => onChange('to', at)} />
        </div>
      </fieldset>
    </div>
  );
}

type MomentProps = { label: string; value: Date; onChange: (at: string | undefined) => void };

function MomentInput({ label, value, onChange }: MomentProps) {
  return (
    <input
      type="datetime-local"
      className="mm-input"
      aria-label={label}
      title={label}
      value={toLocalInput(value)}
      onChange={(event) => onChange(fromLocalInput(event.target.value)?.toISOString())}
    />
  );
}
