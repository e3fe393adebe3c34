import { EyeOutlined } from '@ant-design/icons';
import { Alert } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Panel } from '../../components/page.tsx';
import { text } from '../../locales/index.ts';
import { isApiError } from '../../providers/data/index.ts';
import { bytes } from '../../uploads/size.ts';
import { useFunction } from '../use-function.ts';
import { type PayloadAnswer, payloadAnswer, uploadOf } from './answers.ts';
import './webhook-events.css';
import { WorkingButton } from '../../components/working-button.tsx';

/** What was sent, masked by the server; shown on demand, because looking is recorded. */
export function Payload({ eventId }: { eventId: string }) {
  const read = useFunction('webhook_event_payload', payloadAnswer, []);
  const [answer, setAnswer] = useState<PayloadAnswer>();
  const [isReading, setReading] = useState(false);
  const [failure, setFailure] = useState<string>();
  const words = text.webhooks.payload;

  const show = async () => {
    setFailure(undefined);
    setReading(true);
    try {
      setAnswer(await read({ event_id: eventId }));
    } catch (error) {
      setFailure(isApiError(error) ? error.message : text.errors.unnamed);
    } finally {
      setReading(false);
    }
  };

  return (
    <Panel title={words.title}>
      {failure ? <Alert type="error" showIcon title={failure} className="mm-form-alert" /> : null}
      {answer ? (
        <Shown answer={answer} />
      ) : (
        <>
          <p className="mm-quiet mm-form-alert">{words.intro}</p>
          <WorkingButton icon={<EyeOutlined aria-hidden />} isWorking={isReading} onClick={() => void show()}>
            {words.show}
          </WorkingButton>
        </>
      )}
    </Panel>
  );
}

function Shown({ answer: { payload, size_bytes: size } }: { answer: PayloadAnswer }) {
  if (payload === null || payload === undefined) return <p>{text.webhooks.payload.unreadable(bytes(size))}</p>;
  const upload = uploadOf(payload);
  return (
    <>
      {upload ? <Link to={`/uploads/${upload}`}>{text.webhooks.payload.upload}</Link> : null}
      <pre className="mm-payload">{JSON.stringify(payload, null, 2)}</pre>
    </>
  );
}
