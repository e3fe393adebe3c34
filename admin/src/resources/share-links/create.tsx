import { App, Modal } from 'antd';
import { useState } from 'react';
import { guideFocus } from '../../components/dialog-focus.ts';
import { useConfig } from '../../config/runtime.ts';
import { text } from '../../locales/index.ts';
import { CreateForm } from './create-form.tsx';
import { type CreateAnswer, linkOf } from './creation.ts';
import { LinkOnce } from './link-once.tsx';
import './share-links.css';

export type CreateDialogProps = {
  open: boolean;
  onClose: () => void;
  /** The video is given; it is not asked for. */
  video?: { id: string; title: string };
};

/** Asks for what a new link needs, then shows the link, once. */
export function CreateShareLink({ open, onClose, video }: CreateDialogProps) {
  const { modal } = App.useApp();
  const { shareUrl } = useConfig();
  const [created, setCreated] = useState<CreateAnswer>();
  const [copied, setCopied] = useState(false);

  const close = () => {
    setCreated(undefined);
    setCopied(false);
    onClose();
  };
  const askAndClose = () => {
    if (!created || copied) return close();
    modal.confirm({
      title: text.links.created.notCopiedTitle,
      content: text.links.created.notCopiedBody,
      okText: text.links.created.closeAnyway,
      okButtonProps: { danger: true },
      cancelText: text.links.created.goBack,
      onOk: close,
    });
  };

  return (
    <Modal
      open={open}
      onCancel={askAndClose}
      footer={null}
      destroyOnHidden
      afterOpenChange={guideFocus}
      mask={{ closable: false }}
      title={created ? text.links.created.title : text.links.form.title}
      width={560}
    >
      {created ? (
        <LinkOnce
          link={linkOf(shareUrl, created)}
          expiresAt={created.expires_at}
          onCopied={() => setCopied(true)}
          onDone={askAndClose}
        />
      ) : (
        <CreateForm video={video} onCreated={setCreated} onCancel={close} />
      )}
    </Modal>
  );
}
