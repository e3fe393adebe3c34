import { CloseOutlined } from '@ant-design/icons';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { text } from '../locales/index.ts';
import './sheet.css';

type Props = { title: string; onClose: () => void; children: ReactNode };

/** A dialog of the browser's own: it keeps the keyboard inside, Escape closes it, and what opened it has the focus again. */
export function Sheet({ title, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    // Before it leaves the page, hence the layout effect: once it is gone, closing gives the focus to nothing.
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does for the keyboard what the ground around the sheet does for who points
    <dialog
      ref={dialog}
      className="mm-sheet"
      aria-labelledby={heading}
      // Closing is left to whoever shows it: as it goes, the dialog is closed, which gives the focus back.
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={({ target }) => {
        if (target === dialog.current) onClose();
      }}
    >
      <div className="mm-sheet-body">
        <header>
          <h2 id={heading}>{title}</h2>
          <button type="button" className="mm-icon-button" aria-label={text.actions.close} onClick={onClose}>
            <CloseOutlined aria-hidden />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
