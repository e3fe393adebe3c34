import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { Moment } from '../../components/moment.tsx';
import { WorkingButton } from '../../components/working-button.tsx';
import { useServices } from '../../config/services.ts';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import type { UnfinishedUpload } from '../../uploads/open-again.ts';
import { bytes } from '../../uploads/size.ts';
import { explain } from '../../uploads/upload-faults.ts';
import type { UploadJobRow } from '../rows.ts';
import { chooseFile } from './choose-file.ts';
import { useConfirmCancel } from './use-confirm-cancel.ts';

/** What the queue has to know of an interrupted upload. */
function unfinishedFrom(job: UploadJobRow): UnfinishedUpload {
  return {
    uploadJobId: job.id,
    title: job.video_title ?? job.file_name,
    fileName: job.file_name,
    fileSizeBytes: job.file_size_bytes,
  };
}

type Props = { jobs: readonly UploadJobRow[]; onChanged: () => void };

/** Uploads of a page that is gone, to go on with or to cancel. */
export function UnfinishedUploads({ jobs, onChanged }: Props) {
  const heading = useId();
  if (jobs.length === 0) return null;
  return (
    <section className="mm-card mm-upload-queue" aria-labelledby={heading}>
      <div className="mm-upload-queue-head">
        <div>
          <h2 id={heading}>{text.upload.unfinished.heading}</h2>
          <p className="mm-quiet mm-small">{text.upload.unfinished.lead}</p>
        </div>
      </div>
      <ul>
        {jobs.map((job) => (
          <UnfinishedRow key={job.id} job={job} onChanged={onChanged} />
        ))}
      </ul>
    </section>
  );
}

function UnfinishedRow({ job, onChanged }: { job: UploadJobRow; onChanged: () => void }) {
  const { uploads, api } = useServices();
  const confirmCancel = useConfirmCancel();
  const [fault, setFault] = useState<string>();
  const [checking, setChecking] = useState(false);
  const upload = unfinishedFrom(job);
  const goOn = async (file: File) => {
    setFault(undefined);
    setChecking(true);
    setFault(await uploads.resume(upload, file));
    setChecking(false);
    onChanged();
  };
  const cancel = async () => {
    try {
      await api.cancelUpload(job.id);
    } catch (error) {
      setFault(explain(error).message);
    }
    onChanged();
  };
  return (
    <li className="mm-upload-row">
      <div className="mm-upload-main">
        <strong className="mm-upload-title">{upload.title}</strong>
        <p className="mm-quiet mm-small">
          {job.file_name} · {bytes(job.file_size_bytes)}
        </p>
        <p className="mm-quiet mm-small">
          <Moment at={job.requested_at} inline prefix={text.upload.unfinished.began} />{' '}
          {job.expires_at ? text.upload.unfinished.until(exact(new Date(job.expires_at), { now: new Date() })) : ''}
        </p>
        <p role="status" className="mm-visually-hidden">
          {checking ? text.upload.unfinished.checking : ''}
        </p>
        {fault ? (
          <p className="mm-upload-fault" role="alert">
            {fault}
          </p>
        ) : null}
      </div>
      <div className="mm-upload-controls">
        <WorkingButton
          onClick={() => chooseFile((file) => void goOn(file))}
          isWorking={checking}
          aria-label={`${text.upload.unfinished.choose}: ${upload.title}`}
        >
          {text.upload.unfinished.choose}
        </WorkingButton>
        <Button
          type="text"
          icon={<CloseOutlined aria-hidden />}
          aria-label={`${text.upload.cancel}: ${upload.title}`}
          title={text.upload.cancel}
          onClick={() => confirmCancel(upload.title, cancel)}
        />
      </div>
    </li>
  );
}
