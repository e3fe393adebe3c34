import { Alert } from 'antd';
import { Moment } from '../../../components/moment.tsx';
import { ErrorState, PageSkeleton } from '../../../components/states.tsx';
import { useConfig } from '../../../config/runtime.ts';
import { text } from '../../../locales/index.ts';
import { exact } from '../../../time/format.ts';
import { nameOfLink } from '../link-name.ts';
import { isTooMany, type PreviewRow, sumUp } from './answers.ts';

type Props = { rows: readonly PreviewRow[] | undefined; error: unknown; onRetry: () => void };

/** What a bulk revocation would take back, counted and listed; nothing has happened yet. */
export function RevocationPreview({ rows, error, onRetry }: Props) {
  const { clockSkewMs } = useConfig();
  const words = text.links.bulk;
  if (error && !rows) return <ErrorState title={words.failed} error={error} onRetry={onRetry} level="p" />;
  if (!rows) {
    return (
      <div role="status">
        <p className="mm-quiet">{words.counting}</p>
        <PageSkeleton />
      </div>
    );
  }
  if (rows.length === 0) return <Alert type="info" showIcon title={words.none} className="mm-form-alert" />;
  if (isTooMany(rows)) return <Alert type="warning" showIcon title={words.tooMany} className="mm-form-alert" />;
  const sum = sumUp(rows, new Date(Date.now() + clockSkewMs));
  return (
    <section aria-label={words.preview}>
      <p role="status">
        <strong>{words.counts(sum)}</strong>
      </p>
      <ul className="mm-consequences">
        {words.consequences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        <li>
          {sum.until ? words.watched(sum.watched, exact(sum.until, { seconds: true })) : text.links.revoke.endsNow}
        </li>
      </ul>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list scrolls, and the keyboard has to reach it */}
      <ul className="mm-revoke-list" aria-label={words.listLabel} tabIndex={0}>
        {rows.map((row) => (
          <li key={row.id}>
            <strong>{nameOfLink(row)}</strong>
            <span className="mm-quiet mm-small">
              {row.video_title ?? text.time.none}
              {sum.coaches > 1 && row.coach_name ? ` · ${row.coach_name}` : ''}
            </span>
            <span className="mm-small">
              <Moment at={row.last_decision_at} prefix={words.lastIn} absent={words.neverOpened} inline />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
