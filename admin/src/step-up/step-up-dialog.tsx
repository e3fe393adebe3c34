import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Alert, Button, Modal } from 'antd';
import { useRef } from 'react';
import '../components/dialog.css';
import { WorkingButton } from '../components/working-button.tsx';
import { text } from '../locales/index.ts';

export type StepUpDialogProps = {
  /** Why the server asks; undefined closes the dialog. */
  refusal: string | undefined;
  isSoon: boolean;
  isElsewhere: boolean;
  failure: string | undefined;
  name: string;
  onConfirm: () => void;
  onGiveUp: () => void;
};

export default function StepUpDialog(props: StepUpDialogProps) {
  const { refusal, isSoon, isElsewhere, failure, name, onConfirm, onGiveUp } = props;
  const button = useRef<HTMLButtonElement>(null);
  return (
    <Modal
      open={refusal !== undefined}
      onCancel={onGiveUp}
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
      <p>{refusal}</p>
      <p className="mm-quiet mm-gap">{text.stepUp.once}</p>
      {isSoon ? <Alert type="info" showIcon title={text.stepUp.soon} className="mm-gap" /> : null}
      {failure ? <Alert type="error" showIcon title={failure} className="mm-form-alert" /> : null}
      <div className="mm-dialog-actions">
        <Button onClick={onGiveUp}>{text.actions.cancel}</Button>
        <WorkingButton ref={button} type="primary" isWorking={isElsewhere} onClick={onConfirm}>
          {text.stepUp.confirm(name)}
        </WorkingButton>
      </div>
    </Modal>
  );
}
