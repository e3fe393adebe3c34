import { useLogout } from '@refinedev/core';
import { useConfirm } from '../components/confirm/use-confirm.ts';
import { useServices } from '../config/services.ts';
import { text } from '../locales/index.ts';
import { isApiError } from '../providers/data/index.ts';
import { isBusy } from '../uploads/upload-item.ts';

/**
 * Signs out, here or everywhere, and loads the page anew: nothing that this person saw stays in memory for the next one. Asks first
 * while uploads run, for they end with the page, and before other machines are signed out.
 */
export function useSignOut(): (isEverywhere: boolean) => void {
  const { mutateAsync } = useLogout<{ isEverywhere: boolean }>();
  const confirm = useConfirm();
  const { uploads, notifications } = useServices();
  const leave = async (isEverywhere: boolean) => {
    const away = () => globalThis.location.assign('/admin/sign-in?signed-out=1');
    try {
      const { success, error } = await mutateAsync({ isEverywhere });
      if (!success) throw error;
      uploads.close();
      away();
    } catch (error) {
      // Of this page nothing is left whatever the identity provider says; that others were signed out must not be believed.
      if (!isEverywhere) return away();
      const message = isApiError(error) ? error.message : text.errors.unnamed;
      notifications.provider.open({ key: 'sign-out', type: 'error', message });
    }
  };
  return (isEverywhere) => {
    const running = uploads.items().some(isBusy);
    if (!running && !isEverywhere) return void leave(false);
    confirm({
      title: isEverywhere ? text.account.everywhereTitle : text.upload.signOutTitle,
      content: [isEverywhere ? text.account.everywhereBody : '', running ? text.upload.signOutBody : '']
        .join(' ')
        .trim(),
      okText: isEverywhere ? text.account.signOutEverywhere : text.account.signOut,
      cancelText: running ? text.upload.keep : text.actions.cancel,
      onOk: () => leave(isEverywhere),
    });
  };
}
