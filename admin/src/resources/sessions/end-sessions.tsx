import { ActDialog, ActForm, Consequences, type Settle } from '../../components/act-dialog.tsx';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import { shortened } from '../short-id.ts';
import { useFunction } from '../use-function.ts';
import { endAllAnswer, endOneAnswer, type SessionRow } from './answers.ts';

const changed = ['sessions', 'audit_entries'] as const;
const at = (moment: string) => exact(new Date(moment), { seconds: true });

type Person = { id: string; name: string };
/** One session, or all of them: how many that is. */
export type Ending = { session: SessionRow } | { count: number };
type Props = { person: Person; isOwn: boolean; ending: Ending | undefined; onClose: () => void };

/** Ends one session, all of somebody's, or all of one's own but the present one. */
export function EndSessions({ person, isOwn, ending, onClose }: Props) {
  const words = text.people.endSessions;
  const title = ending && 'session' in ending ? words.titleOne : isOwn ? words.titleOwn : words.title(person.name);
  return (
    <ActDialog open={ending !== undefined} title={title} onClose={onClose}>
      {(settle) =>
        ending && 'session' in ending ? (
          <EndOne session={ending.session} {...settle} />
        ) : ending ? (
          <EndAll person={person} isOwn={isOwn} count={ending.count} {...settle} />
        ) : null
      }
    </ActDialog>
  );
}

function EndAll({ person, isOwn, count, ...settle }: Settle & { person: Person; isOwn: boolean; count: number }) {
  const end = useFunction('deny_sessions', endAllAnswer, changed);
  const words = text.people.endSessions;
  return (
    <ActForm
      {...settle}
      danger
      confirm={words.confirm}
      onAct={async (reason) => {
        const done = await end({ profile_id: person.id, reason });
        return {
          title: words.done(done.session_count),
          items: [
            [text.people.receipt.person, person.name],
            [words.at, at(done.denied_at)],
          ],
        };
      }}
    >
      <Consequences sentences={isOwn ? words.consequencesOwn(count) : words.consequences(count)} />
    </ActForm>
  );
}

function EndOne({ session, ...settle }: Settle & { session: SessionRow }) {
  const end = useFunction('deny_session', endOneAnswer, changed);
  const words = text.people.endSessions;
  return (
    <ActForm
      {...settle}
      danger
      confirm={words.confirmOne}
      onAct={async (reason) => {
        const done = await end({ session_id: session.id, reason });
        return {
          title: words.done(1),
          items: [
            [words.session, <code key="s">{shortened(done.id)}</code>],
            [words.at, at(done.denied_at)],
          ],
        };
      }}
    >
      <Consequences sentences={session.is_current ? words.consequencesHere : words.consequencesOne} />
    </ActForm>
  );
}
