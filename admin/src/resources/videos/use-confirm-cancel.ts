import { useConfirm } from '../../components/confirm/use-confirm.ts';
import { text } from '../../locales/index.ts';

/** Asks before what has arrived of an upload is thrown away. */
export function useConfirmCancel(): (title: string, cancel: () => Promise<void>) => void {
  const confirm = useConfirm();
  return (title, cancel) =>
    confirm({
      title: text.upload.cancelTitle,
      content: text.upload.cancelBody(title),
      okText: text.upload.cancel,
      okButtonProps: { danger: true },
      cancelText: text.upload.keep,
      onOk: cancel,
    });
}
