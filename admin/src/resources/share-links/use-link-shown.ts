import { useState } from 'react';
import { useConfirm } from '../../components/confirm/use-confirm.ts';
import { text } from '../../locales/index.ts';

/**
 * Closing a dialog that shows a link once: what has not been copied is gone, so that is asked first.
 * @param isShown whether the link is on the screen
 */
export function useLinkShown(isShown: boolean, close: () => void) {
  const confirm = useConfirm();
  const [copied, setCopied] = useState(false);
  const leave = () => {
    setCopied(false);
    close();
  };
  const askAndLeave = () => {
    if (!isShown || copied) return leave();
    confirm({
      title: text.links.created.notCopiedTitle,
      content: text.links.created.notCopiedBody,
      okText: text.links.created.closeAnyway,
      okButtonProps: { danger: true },
      cancelText: text.links.created.goBack,
      onOk: leave,
    });
  };
  return { leave, askAndLeave, onCopied: () => setCopied(true) };
}
