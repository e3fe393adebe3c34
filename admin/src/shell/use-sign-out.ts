import { useLogout } from '@refinedev/core';
import { useConfirm } from '../components/confirm/use-confirm.ts';
import { useServices } from '../config/services.ts';
import { text } from '../locales/index.ts';
import { isBusy } from '../uploads/upload-item.ts';

/**
 * Signs out and loads the page anew: nothing that this person saw stays in memory for the next one. Asks first while uploads
 * run, for they end with the page.
 */
export function useSignOut(): () => void {
  const { mutate } = useLogout();
  const confirm = useConfirm();
  const { uploads } = useServices();
  const leave = () => mutate({}, { onSettled: () => globalThis.location.assign('/admin/sign-in?signed-out=1') });
  return () => {
    const running = uploads.items().filter(isBusy);
    if (running.length === 0) return leave();
    confirm({
      title: text.upload.signOutTitle,
      content: text.upload.signOutBody,
      okText: text.account.signOut,
      cancelText: text.upload.keep,
      onOk: () => {
        uploads.close();
        leave();
      },
    });
  };
}
