import type { NotificationProvider, OpenNotificationParams } from '@refinedev/core';

/** Where notifications are shown. antd's live in React, Refine's provider outside of it; this is the bridge. */
export type NotificationOutlet = {
  open(notification: OpenNotificationParams): void;
  close(key: string): void;
};

/**
 * Refine's notification provider. Errors of reading are shown in the page where the data is missing, errors of writing at
 * the form; what arrives here are short confirmations, and errors that have no better place.
 */
export function createNotificationProvider() {
  let outlet: NotificationOutlet | undefined;
  const provider: NotificationProvider = {
    open: (notification) => outlet?.open(notification),
    close: (key) => outlet?.close(key),
  };
  return {
    provider,
    /** @returns takes the outlet away again */
    connect(next: NotificationOutlet): () => void {
      outlet = next;
      return () => {
        if (outlet === next) outlet = undefined;
      };
    },
  };
}
