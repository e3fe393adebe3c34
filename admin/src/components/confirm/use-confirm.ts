import { createContext, useContext } from 'react';

/** Something that is asked before it is done. */
export type Question = {
  title: string;
  content: string;
  okText: string;
  cancelText: string;
  okButtonProps?: { danger: true };
  /** Done on "yes"; while it takes, the dialog stays. */
  onOk: () => void | Promise<void>;
};

const ConfirmContext = createContext<((question: Question) => void) | undefined>(undefined);
export const ConfirmContextProvider = ConfirmContext.Provider;

/** @returns asks a question in a dialog */
export function useConfirm(): (question: Question) => void {
  const confirm = useContext(ConfirmContext);
  if (!confirm) throw new Error('useConfirm is used outside of ConfirmProvider');
  return confirm;
}
