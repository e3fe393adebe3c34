import { text } from '../../locales/index.ts';
import { useRowsOf } from '../use-rows-of.ts';
import { type Reach, reachRow } from './answers.ts';

/** What hangs on an account at this moment: read anew whenever somebody is about to act. */
export function useReach(profileId: string) {
  const { rows, error, isLoading } = useRowsOf('profile_reach', reachRow, {
    args: { profile_id: profileId },
    fresh: true,
  });
  return { reach: rows?.[0], isLoading, hasFailed: !!error };
}

/** The same in words; acting does not wait for it. */
export function ReachOf({ reading: { reach, isLoading, hasFailed } }: { reading: ReturnType<typeof useReach> }) {
  const words = text.people.reach;
  if (reach) return <p>{sentence(reach)}</p>;
  return <p className="mm-quiet">{isLoading && !hasFailed ? words.reading : words.failed}</p>;
}

function sentence({ open_sessions, videos, live_links, open_uploads }: Reach): string {
  const words = text.people.reach;
  const content = videos + live_links + open_uploads > 0 ? [words.content(videos, live_links, open_uploads)] : [];
  const sessions = open_sessions > 0 ? [words.sessions(open_sessions)] : [];
  const parts = [...sessions, ...content];
  return parts.length === 0 ? words.none : `${parts.join('. ')}.`;
}
