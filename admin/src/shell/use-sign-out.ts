import { useLogout } from '@refinedev/core';

/** Signs out and loads the page anew: nothing that this person saw stays in memory for the next one. */
export function useSignOut(): () => void {
  const { mutate } = useLogout();
  return () => mutate({}, { onSettled: () => globalThis.location.assign('/admin/sign-in?signed-out=1') });
}
