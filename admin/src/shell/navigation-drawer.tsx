import { CloseOutlined, MenuOutlined } from '@ant-design/icons';
import { useLayoutEffect, useRef, useState } from 'react';
import { text } from '../locales/index.ts';
import { Brand } from './navigation.tsx';
import { PlaceList } from './place-list.tsx';

/** On a phone: a button, and the navigation as a drawer that it opens. */
export function NavigationDrawer() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="mm-icon-button mm-drawer-button"
        aria-label={text.shell.menu}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        <MenuOutlined aria-hidden />
      </button>
      {isOpen ? <Drawer onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** A dialog of the browser's own: it keeps the keyboard inside, Escape closes it, and the button has the focus again. */
function Drawer({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    element?.querySelector<HTMLElement>('[aria-current="page"]')?.focus();
    // Before it leaves the page, hence the layout effect: once it is gone, closing gives the focus to nothing.
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does for the keyboard what the ground beside the drawer does for who points
    <dialog
      ref={dialog}
      className="mm-drawer"
      aria-label={text.shell.menu}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={({ target }) => {
        if (target === dialog.current) onClose();
      }}
    >
      <nav aria-label={text.shell.navigation}>
        <div className="mm-drawer-head">
          <Brand />
          <button type="button" className="mm-icon-button" aria-label={text.actions.close} onClick={onClose}>
            <CloseOutlined aria-hidden />
          </button>
        </div>
        <PlaceList onFollow={onClose} />
      </nav>
    </dialog>
  );
}
