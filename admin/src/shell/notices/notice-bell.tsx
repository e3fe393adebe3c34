import { BellOutlined } from '@ant-design/icons';
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { text } from '../../locales/index.ts';
import './notices.css';
import { useNotices } from './use-notices.ts';

const NoticeList = lazy(() => import('./notice-list.tsx'));

/** How many notices are unread, and a panel with them. */
export function NoticeBell() {
  const notices = useNotices();
  const [open, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const { unread, isAtLeast } = notices;

  useEffect(() => {
    if (!open) return;
    const leave = ({ target }: Event) => {
      if (target instanceof Node && !frame.current?.contains(target)) setOpen(false);
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
    };
  }, [open]);

  const label = text.notices.button(unread.length, isAtLeast);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the panel from anywhere in it
    <div
      className="mm-menu-frame"
      ref={frame}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        className="mm-icon-button mm-bell"
        aria-label={label}
        title={label}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <BellOutlined aria-hidden />
        {unread.length > 0 ? (
          <span aria-hidden="true">
            {unread.length}
            {isAtLeast ? '+' : ''}
          </span>
        ) : null}
      </button>
      {open ? (
        <section id={id} className="mm-menu mm-notices" aria-label={text.notices.title}>
          <Suspense>
            <NoticeList {...notices} onFollow={() => setOpen(false)} />
          </Suspense>
        </section>
      ) : null}
    </div>
  );
}
