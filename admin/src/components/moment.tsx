import { useConfig } from '../config/runtime.ts';
import { text } from '../locales/index.ts';
import { countdown, exact, relative } from '../time/format.ts';
import { useNow } from '../time/use-now.ts';

export type MomentProps = {
  at: string | null | undefined;
  /** Shown when there is no time. */
  absent?: string;
  /** In one line, where there is room to the right. */
  inline?: boolean;
  seconds?: boolean;
  /** A word for what happened then. */
  prefix?: string;
};

/** A time: how long ago, and exactly when, with its zone. */
export function Moment({ at, absent = text.time.none, inline = false, seconds = false, prefix }: MomentProps) {
  const now = useNow();
  if (!at) return <span className="mm-quiet">{absent}</span>;
  const date = new Date(at);
  return (
    <time
      dateTime={at}
      title={exact(date, { seconds: true })}
      className={inline ? 'mm-moment mm-moment-inline' : 'mm-moment'}
    >
      <span>
        {prefix ? `${prefix} ` : ''}
        {relative(date, now)}
      </span>
      <span className="mm-quiet mm-small mm-nums">{exact(date, { seconds, now })}</span>
    </time>
  );
}

/** What is left until a deadline of the server, by the server's clock. */
export function Countdown({ until }: { until: string }) {
  const { clockSkewMs } = useConfig();
  const date = new Date(until);
  const soon = date.getTime() - Date.now() < 2 * 60 * 60 * 1000;
  const now = new Date(useNow(soon ? 'seconds' : 'calm').getTime() + clockSkewMs);
  const left = countdown(date, now);
  return (
    <time dateTime={until} title={exact(date, { seconds: true })} className="mm-moment">
      <span className="mm-nums">{left ? text.links.left(left) : text.links.ended}</span>
      <span className="mm-quiet mm-small mm-nums">{exact(date, { now })}</span>
    </time>
  );
}
