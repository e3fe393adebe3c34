import { Button } from 'antd';
import { useId, useState } from 'react';
import { useServices } from '../../../config/services.ts';
import { text } from '../../../locales/index.ts';
import { isApiError } from '../../../providers/data/index.ts';
import { PhaseView } from './report-view.tsx';
import { useVerification } from './use-verification.ts';
import './verify.css';

/** Checks an export that somebody has, with the server's keys or with keys that they kept. */
export function CheckFile() {
  const { api } = useServices();
  const { phase, start, stop } = useVerification();
  const [file, setFile] = useState<File>();
  const [kept, setKept] = useState('');
  const [failure, setFailure] = useState<string>();
  const id = useId();
  const words = text.verify;
  const ownKeys = kept.split('\n').flatMap((line) => line.trim() || []);
  const isReading = phase.is === 'reading';

  const check = async () => {
    if (!file) return;
    setFailure(undefined);
    try {
      start({ file, keys: ownKeys.length > 0 ? ownKeys : await api.auditKeys() });
    } catch (error) {
      setFailure(isApiError(error) ? error.message : text.errors.unnamed);
    }
  };

  return (
    <div className="mm-verify">
      <p>{words.lead}</p>
      <p className="mm-quiet mm-small">{words.limits}</p>
      <div>
        <label htmlFor={`${id}-file`}>{words.file}</label>
        <input
          id={`${id}-file`}
          type="file"
          accept=".jsonl,.ndjson,application/x-ndjson"
          onChange={({ target }) => {
            stop();
            setFile(target.files?.[0]);
          }}
        />
      </div>
      <div>
        <label htmlFor={`${id}-keys`}>{words.keys}</label>
        <textarea
          id={`${id}-keys`}
          className="mm-input"
          rows={2}
          spellCheck={false}
          value={kept}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => {
            stop();
            setKept(target.value);
          }}
        />
        <p id={`${id}-hint`} className="mm-quiet mm-small">
          {words.keysHint}
        </p>
      </div>
      <div className="mm-verify-actions">
        <Button type="primary" disabled={!file || isReading} onClick={check}>
          {words.start}
        </Button>
        {isReading ? <Button onClick={stop}>{words.stop}</Button> : null}
      </div>
      {failure ? <p role="alert">{failure}</p> : null}
      <PhaseView phase={phase} isOwnKeys={ownKeys.length > 0} />
    </div>
  );
}
