import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { useStepUp } from '../step-up/step-up.ts';
import './dialog.css';
import { guideFocus } from './dialog-focus.ts';

export type DialogProps = {
  open: boolean;
  title: ReactNode;
  onClose: () => void;
  /** Pixels, where the window has them. */
  width?: number;
  children: ReactNode;
};

/** A dialog that asks for something: closed on purpose only, its buttons in its content, the keyboard led in and out. */
export function Dialog({ open, title, onClose, width = 560, children }: DialogProps) {
  const { isElsewhere } = useStepUp();
  return (
    <Modal
      open={open}
      title={title}
      onCancel={onClose}
      width={width}
      footer={null}
      destroyOnHidden
      mask={{ closable: false }}
      afterOpenChange={guideFocus}
      focusable={{ trap: !isElsewhere }}
    >
      {children}
    </Modal>
  );
}
