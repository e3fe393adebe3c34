import { CheckCircleOutlined, CloseOutlined, InfoCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { OpenNotificationParams } from '@refinedev/core';
import { useEffect, useRef, useState } from 'react';
import { useServices } from '../config/services.ts';
import { text } from '../locales/index.ts';
import './toasts.css';

type Toast = Pick<OpenNotificationParams, 'message' | 'type'> & { key: string; description: string | undefined };

const icons = {
  success: <CheckCircleOutlined />,
  error: <WarningOutlined />,
  progress: <InfoCircleOutlined />,
};

/** Short confirmations, and errors that have no better place. What has the same key takes the place of the former. */
export function Toasts() {
  const { notifications } = useServices();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const close = (key: string) => setToasts((all) => all.filter((toast) => toast.key !== key));
  useEffect(
    () =>
      notifications.connect({
        open: ({ key, message, description, type }) => {
          const toast = { key: key ?? message, message, description, type };
          setToasts((all) => [...all.filter((other) => other.key !== toast.key), toast]);
        },
        close: (key) => setToasts((all) => all.filter((toast) => toast.key !== key)),
      }),
    [notifications],
  );
  return (
    <div className="mm-toasts">
      {toasts.map((toast) => (
        <ToastCard key={toast.key} toast={toast} onClose={() => close(toast.key)} />
      ))}
    </div>
  );
}

const readingMs = { success: 4000, progress: 4000, error: 8000 };

/** Goes by itself, but not while somebody points at it or stands in it with the keyboard. */
function ToastCard({ toast, onClose }: { toast: Toast; onClose: () => void }) {
  const { type, message, description } = toast;
  const [isHeld, setHeld] = useState(false);
  const latest = useRef(onClose);
  latest.current = onClose;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is told anew under the same key is read anew
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => latest.current(), readingMs[type]);
    return () => clearTimeout(timer);
  }, [isHeld, toast]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: holding is for who points; the keyboard holds it by being in it
    <div
      className="mm-toast"
      data-type={type}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className="mm-toast-icon" aria-hidden="true">
        {icons[type]}
      </span>
      <div role={type === 'error' ? 'alert' : 'status'}>
        <strong>{message}</strong>
        {description ? <p>{description}</p> : null}
      </div>
      <button type="button" className="mm-icon-button" aria-label={text.actions.close} onClick={onClose}>
        <CloseOutlined aria-hidden />
      </button>
    </div>
  );
}
