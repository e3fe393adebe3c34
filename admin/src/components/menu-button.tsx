import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import './menu-button.css';

export type MenuItem = {
  key: string;
  label: ReactNode;
  icon?: ReactNode;
  /** One of several that exclude each other; undefined where there is nothing to choose between. */
  isChosen?: boolean;
  onSelect: () => void;
};

type Props = {
  /** What the button shows. */
  children: ReactNode;
  /** Names the button where what it shows does not. */
  label?: string;
  className?: string;
  /** Stands above the items and can be read, not chosen. */
  head?: ReactNode;
  items: readonly MenuItem[];
};

/** A button that opens a menu, by the keyboard as the WAI-ARIA pattern "menu button" has it. */
export function MenuButton({ children, label, className = 'mm-icon-button', head, items }: Props) {
  const [open, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  const choices = () => [...(frame.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
  useEffect(() => {
    if (!open) return;
    const all = [...(frame.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
    (all.find((item) => item.getAttribute('aria-checked') === 'true') ?? all[0])?.focus();
    const leave = ({ target }: PointerEvent) => {
      if (target instanceof Node && !frame.current?.contains(target)) setOpen(false);
    };
    document.addEventListener('pointerdown', leave);
    return () => document.removeEventListener('pointerdown', leave);
  }, [open]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onMenuKey = (event: KeyboardEvent) => {
    const all = choices();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') return setOpen(false);
    else if (to !== undefined) all[to % all.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="mm-menu-frame" ref={frame}>
      <button
        ref={button}
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        {...(label ? { 'aria-label': label, title: label } : {})}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
      </button>
      {open ? (
        <div className="mm-menu">
          {head}
          <div role="menu" id={id} aria-label={label} onKeyDown={onMenuKey}>
            {items.map(({ key, label: says, icon, isChosen, onSelect }) => (
              <button
                key={key}
                type="button"
                role={isChosen === undefined ? 'menuitem' : 'menuitemradio'}
                {...(isChosen === undefined ? {} : { 'aria-checked': isChosen })}
                tabIndex={-1}
                onClick={() => {
                  close();
                  onSelect();
                }}
              >
                {icon ? <span aria-hidden="true">{icon}</span> : null}
                {says}
              </button>
            ))}
          </div>
        </div>
      ) : null}
    </div>
  );
}
