import {
  CompassOutlined,
  DisconnectOutlined,
  InboxOutlined,
  LockOutlined,
  RocketOutlined,
  SearchOutlined,
  SwapOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { signInAddress } from '../boot/return-address.ts';
import { text } from '../locales/index.ts';
import { isApiError } from '../providers/data/index.ts';
import { Copyable } from './copyable.tsx';
import { type ErrorLook, lookOf } from './error-look.ts';
import './states.css';

const icons = {
  empty: <InboxOutlined />,
  noMatch: <SearchOutlined />,
  error: <WarningOutlined />,
  refused: <LockOutlined />,
  missing: <CompassOutlined />,
  conflict: <SwapOutlined />,
  offline: <DisconnectOutlined />,
  release: <RocketOutlined />,
};

type Action = { label: string } & ({ to: string } | { onClick: () => void });

export type StateProps = {
  kind: keyof typeof icons;
  title: string;
  body?: ReactNode;
  action?: Action | undefined;
  /** Under a page heading that stays; a page of its own otherwise. */
  level?: 'h1' | 'h2' | 'p';
};

/** Something is not there: says why, and what to do next. */
export function StatePage({ kind, title, body, action, level: Heading = 'h1' }: StateProps) {
  return (
    <section className="mm-state" data-kind={kind} {...(kind === 'error' ? { role: 'alert' } : {})}>
      <span className="mm-state-icon" aria-hidden="true">
        {icons[kind]}
      </span>
      <Heading className="mm-state-title">{title}</Heading>
      {body ? <div className="mm-state-body">{body}</div> : null}
      {action ? <StateAction action={action} /> : null}
    </section>
  );
}

function StateAction({ action }: { action: Action }) {
  if ('to' in action) return <Link to={action.to}>{action.label}</Link>;
  return (
    <Button type="primary" onClick={action.onClick}>
      {action.label}
    </Button>
  );
}

export type ErrorStateProps = {
  title: string;
  error: unknown;
  onRetry: () => void;
  level?: 'h1' | 'h2' | 'p';
  /** Where to go from a record that does not exist. */
  back?: { label: string; to: string };
};

/** A reading that failed: the server's sentence, the request's id for support, and another try. */
export function ErrorState({ title, error, onRetry, level = 'h2', back }: ErrorStateProps) {
  const message = isApiError(error) ? error.message : text.errors.unnamed;
  const requestId = isApiError(error) ? error.requestId : undefined;
  const { pathname, search } = useLocation();
  const look = lookOf(isApiError(error) ? error : undefined);
  const retry = { label: text.actions.tryAgain, onClick: onRetry };
  const actions: Record<ErrorLook['next'], Action> = {
    retry,
    reload: { label: text.actions.reload, onClick: () => globalThis.location.reload() },
    signIn: { label: text.signIn.title, to: signInAddress('/sign-in?ended=1', `${pathname}${search}`) },
    back: back ?? retry,
    home: { label: text.refused.home, to: '/' },
  };
  return (
    <StatePage
      kind={look.kind}
      level={level}
      title={look.title ?? title}
      body={
        <>
          <p>{message}</p>
          {requestId ? (
            <p className="mm-small">
              {text.errors.requestId}: <Copyable value={requestId} what={text.errors.requestId} />
            </p>
          ) : null}
        </>
      }
      action={actions[look.next]}
    />
  );
}

export function PageSkeleton() {
  return (
    <div aria-busy="true" className="mm-page-skeleton">
      <span className="mm-visually-hidden" role="status">
        {text.shell.loadingPage}
      </span>
      <Skeleton active title={{ width: 220 }} paragraph={{ rows: 8 }} />
    </div>
  );
}
