import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import './menu-button.css';

type Props = {
  /** Names the button, and the panel that it opens. */
  label: string;
  panelLabel?: string;
  /** What the button shows. */
  children: ReactNode;
  buttonClass?: string;
  panelClass?: string;
  /** The panel's content; it is told how to close. */
  panel: (close: () => void) => ReactNode;
};

/** A button that opens a panel below itself, which goes by Escape, or when the pointer or the keyboard leaves it. */
export function Disclosure({
  label,
  panelLabel = label,
  children,
  buttonClass = 'mm-icon-button',
  panelClass,
  panel,
}: Props) {
  const [open, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

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
        className={buttonClass}
        aria-label={label}
        title={label}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open ? (
        <section id={id} className={`mm-menu ${panelClass ?? ''}`} aria-label={panelLabel}>
          {panel(() => setOpen(false))}
        </section>
      ) : null}
    </div>
  );
}
