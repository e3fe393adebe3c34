import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Alert, Button, Modal } from 'antd';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { useAccount } from '../config/account.ts';
import { useServices } from '../config/services.ts';
import { text } from '../locales/index.ts';
import { isApiError } from '../providers/data/index.ts';
import '../components/dialog.css';
import { StepUpContextProvider } from './step-up.ts';

type Asked = { refusal: string; isSoon: boolean; settle: (confirmed: boolean) => void };

/** Two confirmations within a minute are one for the database, which knows them by the minute. */
const soonMs = 60_000;

/** The one dialog in which somebody confirms that it is they, for whatever dangerous act asks for it. */
export function StepUpProvider({ children }: { children: ReactNode }) {
  const { confirmIdentity } = useServices();
  const { name } = useAccount();
  const [asked, setAsked] = useState<Asked>();
  const [isElsewhere, setElsewhere] = useState(false);
  const [failure, setFailure] = useState<string>();
  const confirmedAt = useRef(Number.NEGATIVE_INFINITY);
  const button = useRef<HTMLButtonElement>(null);

  const ask = useCallback(
    (refusal: string) =>
      new Promise<boolean>((resolve) => {
        setFailure(undefined);
        setAsked({
          refusal,
          isSoon: Date.now() - confirmedAt.current < soonMs,
          settle: (confirmed) => {
            setAsked(undefined);
            resolve(confirmed);
          },
        });
      }),
    [],
  );
  const stepUp = useMemo(() => ({ ask, isElsewhere }), [ask, isElsewhere]);

  const confirm = async () => {
    if (!asked) return;
    setFailure(undefined);
    setElsewhere(true);
    try {
      if (!(await confirmIdentity())) return;
      confirmedAt.current = Date.now();
      asked.settle(true);
    } catch (error) {
      setFailure(isApiError(error) ? error.message : text.errors.unnamed);
    } finally {
      setElsewhere(false);
    }
  };

  return (
    <StepUpContextProvider value={stepUp}>
      {children}
      <Modal
        open={asked !== undefined}
        onCancel={() => asked?.settle(false)}
        footer={null}
        destroyOnHidden
        mask={{ closable: false }}
        zIndex={1100}
        width={440}
        focusable={{ trap: !isElsewhere }}
        afterOpenChange={(open) => {
          if (open) button.current?.focus();
        }}
        title={
          <>
            <SafetyCertificateOutlined aria-hidden /> {text.stepUp.title}
          </>
        }
      >
        <p>{asked?.refusal}</p>
        <p className="mm-quiet mm-gap">{text.stepUp.once}</p>
        {asked?.isSoon ? <Alert type="info" showIcon title={text.stepUp.soon} className="mm-gap" /> : null}
        {failure ? <Alert type="error" showIcon title={failure} className="mm-form-alert" /> : null}
        <div className="mm-dialog-actions">
          <Button onClick={() => asked?.settle(false)}>{text.actions.cancel}</Button>
          <Button ref={button} type="primary" loading={isElsewhere} onClick={confirm}>
            {text.stepUp.confirm(name)}
          </Button>
        </div>
      </Modal>
    </StepUpContextProvider>
  );
}
