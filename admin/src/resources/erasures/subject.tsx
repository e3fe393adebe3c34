import { Alert } from 'antd';
import { useState } from 'react';
import { Copyable } from '../../components/copyable.tsx';
import { sentenceOf } from '../../components/form-faults.ts';
import { Facts, Panel } from '../../components/page.tsx';
import { WorkingButton } from '../../components/working-button.tsx';
import { text } from '../../locales/index.ts';
import { useFunction } from '../use-function.ts';
import { type ErasureRow, type Subject, subjectAnswer } from './answers.ts';

/** Whom an open request is about: shown on demand, and each look is on record. */
export function SubjectPanel({ request }: { request: ErasureRow }) {
  const disclose = useFunction('disclose_erasure_subject', subjectAnswer, ['audit_entries']);
  const [subject, setSubject] = useState<Subject>();
  const [failure, setFailure] = useState<string>();
  const [reading, setReading] = useState(false);
  const words = text.erasures.subject;
  const isOpen = ['requested', 'approved', 'running'].includes(request.state);

  const look = async () => {
    setFailure(undefined);
    setReading(true);
    try {
      setSubject(await disclose({ request_id: request.id }));
    } catch (error) {
      setFailure(sentenceOf(error));
    } finally {
      setReading(false);
    }
  };

  return (
    <Panel title={words.title}>
      {subject && isOpen ? (
        <Facts
          items={[
            [text.people.columns.name, subject.display_name],
            [text.people.columns.email, subject.email ?? text.time.none],
            [text.people.subject, <Copyable key="s" value={subject.subject} what={text.people.subject} />],
          ]}
        />
      ) : (
        <>
          <p className="mm-erasure-lead">{isOpen ? words.lead : words.over}</p>
          {failure ? <Alert type="error" showIcon title={failure} className="mm-form-alert" /> : null}
          {isOpen ? (
            <WorkingButton onClick={() => void look()} isWorking={reading}>
              {words.show}
            </WorkingButton>
          ) : null}
        </>
      )}
    </Panel>
  );
}
