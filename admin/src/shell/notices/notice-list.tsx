import { Link } from 'react-router';
import { Moment } from '../../components/moment.tsx';
import { ErrorState, StatePage } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import { wordsOf } from './notice-words.ts';
import type { useNotices } from './use-notices.ts';

type Props = ReturnType<typeof useNotices> & { onFollow: () => void };

/** The newest notices, what is unread of them marked, with the way to what they are about. */
export default function NoticeList({ notices, unread, error, isLoading, refetch, markRead, onFollow }: Props) {
  if (error && notices.length === 0) {
    return <ErrorState title={text.errors.listTitle} error={error} onRetry={refetch} level="h2" />;
  }
  if (isLoading) return <p aria-busy="true">{text.list.loading}</p>;
  return (
    <>
      <header>
        <h2>{text.notices.title}</h2>
        {unread.length > 0 ? (
          <button type="button" className="mm-link-button" onClick={() => void markRead(unread.map(({ id }) => id))}>
            {text.notices.markAll}
          </button>
        ) : null}
      </header>
      {notices.length === 0 ? (
        <StatePage kind="empty" level="p" title={text.notices.none} body={text.notices.noneBody} />
      ) : (
        <ul>
          {notices.map((notice) => {
            const { title, detail, to } = wordsOf(notice);
            const isUnread = notice.read_at === null;
            const follow = () => {
              if (isUnread) void markRead([notice.id]);
              onFollow();
            };
            return (
              <li key={notice.id} data-unread={isUnread}>
                {isUnread ? <span className="mm-visually-hidden">{text.notices.unread} </span> : null}
                {to ? (
                  <Link to={to} onClick={follow}>
                    {title}
                  </Link>
                ) : (
                  <strong>{title}</strong>
                )}
                {detail ? <p>{detail}</p> : null}
                <Moment at={notice.created_at} inline />
                {isUnread && !to ? (
                  <button type="button" className="mm-link-button" onClick={() => void markRead([notice.id])}>
                    {text.notices.mark}
                  </button>
                ) : null}
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
