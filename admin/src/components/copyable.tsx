import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useServices } from '../config/services.ts';
import { text } from '../locales/index.ts';

/** Copies, and says whether it worked. `copied` is true for two seconds. */
export function useCopy(): { copied: boolean; copy: (value: string) => Promise<boolean> } {
  const { notifications } = useServices();
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async (value: string) => {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      notifications.provider.open({ key: 'copy', type: 'error', message: text.copy.failed });
      return false;
    }
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), 2000);
    return true;
  };
  return { copied, copy };
}

export type CopyableProps = {
  value: string;
  /** Names it for screen readers: “Copy request id”. */
  what: string;
  /** Shown instead of the whole value. */
  short?: string;
};

/** An id in fixed pitch with a button that copies it. */
export function Copyable({ value, what, short }: CopyableProps) {
  const { copied, copy } = useCopy();
  return (
    <span className="mm-copyable">
      <code title={short ? value : undefined}>{short ?? value}</code>
      <Button
        type="text"
        size="small"
        icon={copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
        aria-label={text.copy.label(what.toLowerCase())}
        onClick={() => void copy(value)}
      />
      <span className="mm-visually-hidden" role="status">
        {copied ? text.copy.done(what.toLowerCase()) : ''}
      </span>
    </span>
  );
}
