import { SafetyCertificateOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useServices } from '../../../config/services.ts';
import { text } from '../../../locales/index.ts';
import { isApiError } from '../../../providers/data/index.ts';
import type { AuditRow } from '../../rows.ts';
import { proofQuery } from './proof-query.ts';
import { PhaseView } from './report-view.tsx';
import { useVerification } from './use-verification.ts';
import './verify.css';
import { WorkingButton } from '../../../components/working-button.tsx';

/** Fetches one entry with its proof and checks it here. */
export function CheckEntry({ entry }: { entry: AuditRow }) {
  const { api } = useServices();
  const { phase, start, stop } = useVerification();
  const [isFetching, setFetching] = useState(false);
  const [failure, setFailure] = useState<string>();
  const words = text.verify.entry;

  const check = async () => {
    setFailure(undefined);
    setFetching(true);
    stop();
    try {
      const [keys, answer] = await Promise.all([
        api.auditKeys(),
        api.exportAuditLog(proofQuery(entry), new AbortController().signal),
      ]);
      start({ file: await answer.blob(), keys, entryId: entry.id });
    } catch (error) {
      setFailure(`${words.failed}: ${isApiError(error) ? error.message : text.errors.unnamed}`);
    } finally {
      setFetching(false);
    }
  };

  return (
    <div className="mm-verify">
      <p className="mm-quiet mm-small">{words.lead}</p>
      <div className="mm-verify-actions">
        <WorkingButton
          icon={<SafetyCertificateOutlined aria-hidden />}
          isWorking={isFetching || phase.is === 'reading'}
          onClick={check}
        >
          {words.button}
        </WorkingButton>
      </div>
      {failure ? <p role="alert">{failure}</p> : null}
      <PhaseView phase={phase} isOwnKeys={false} />
    </div>
  );
}
