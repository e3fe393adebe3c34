import { BellOutlined } from '@ant-design/icons';
import { lazy, Suspense } from 'react';
import { Disclosure } from '../../components/disclosure.tsx';
import { text } from '../../locales/index.ts';
import './notices.css';
import { useNotices } from './use-notices.ts';

const NoticeList = lazy(() => import('./notice-list.tsx'));

/** How many notices are unread, and a panel with them. */
export function NoticeBell() {
  const notices = useNotices();
  const { unread, isAtLeast } = notices;
  return (
    <Disclosure
      label={text.notices.button(unread.length, isAtLeast)}
      panelLabel={text.notices.title}
      buttonClass="mm-icon-button mm-bell"
      panelClass="mm-notices"
      panel={(close) => (
        <Suspense>
          <NoticeList {...notices} onFollow={close} />
        </Suspense>
      )}
    >
      <BellOutlined aria-hidden />
      {unread.length > 0 ? (
        <span className="mm-bell-count" aria-hidden="true">
          {unread.length}
          {isAtLeast ? '+' : ''}
        </span>
      ) : null}
    </Disclosure>
  );
}
