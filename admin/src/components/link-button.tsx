import { Button } from 'antd';
import type { MouseEvent, ReactNode } from 'react';
import { useHref, useLinkClickHandler } from 'react-router';

type Props = { to: string; type?: 'default' | 'link'; children: ReactNode; onFollow?: () => void };

/** A link within the app that looks like a button; it opens in a new tab as links do. */
export function LinkButton({ to, type = 'default', children, onFollow }: Props) {
  const href = useHref(to);
  const follow = useLinkClickHandler<HTMLAnchorElement>(to);
  return (
    <Button
      type={type}
      href={href}
      onClick={(event) => {
        onFollow?.();
        follow(event as MouseEvent<HTMLAnchorElement>);
      }}
    >
      {children}
    </Button>
  );
}
