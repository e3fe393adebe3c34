import { Copyable } from '../../components/copyable.tsx';
import { Moment } from '../../components/moment.tsx';
import { Facts } from '../../components/page.tsx';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import { agentWords } from '../playback-decisions/rules.ts';
import type { PlaybackSessionRow } from '../rows.ts';
import { outcomeWords, watchTime } from './measures.ts';

const words = text.plays.sessions;

export function sessionName(session: PlaybackSessionRow): string {
  return `${exact(new Date(session.started_at), { seconds: true })}, ${outcomeWords(session)}`;
}

/** More about a session, behind its row. */
export function SessionFacts({ session }: { session: PlaybackSessionRow }) {
  return (
    <Facts
      items={[
        [words.columns.lastEvent, <Moment key="l" at={session.last_event_at} inline seconds />],
        [
          words.columns.rebuffered,
          session.rebuffer_seconds === null ? text.time.none : watchTime(session.rebuffer_seconds),
        ],
        [
          words.columns.errors,
          session.error_count === 0 ? (
            words.noErrors
          ) : (
            <span key="e">
              {words.errors(session.error_count)}{' '}
              {session.last_error_code ? <code>{session.last_error_code}</code> : null}
            </span>
          ),
        ],
        [words.columns.by, agentWords(session.user_agent_family)],
        [words.columns.session, <Copyable key="i" value={session.id} what={words.columns.session} />],
      ]}
    />
  );
}
