import { Form, Select } from 'antd';
import { useState } from 'react';
import { ActDialog, ActForm, Consequences, type Settle } from '../../components/act-dialog.tsx';
import { text } from '../../locales/index.ts';
import { roles } from '../../providers/auth/account.ts';
import { exact } from '../../time/format.ts';
import { useFunction } from '../use-function.ts';
import { type ProfileRow, restoreAnswer, roleAnswer, suspendAnswer } from './answers.ts';
import { ReachOf, useReach } from './reach-of.tsx';

export type Act = 'role' | 'suspend' | 'restore';
type FormProps = Settle & { person: ProfileRow };

const changed = ['profiles', 'audit_entries', 'share_tokens'] as const;
const at = (moment: string) => exact(new Date(moment), { seconds: true });
const forms = { role: ChangeRole, suspend: Suspend, restore: Restore };
const titles = {
  role: text.people.changeRole.title,
  suspend: text.people.suspend.title,
  restore: text.people.restore.title,
};

type Props = { person: ProfileRow; act: Act | undefined; onClose: () => void };

/** Gives somebody another role, shuts them out, or lets them in again. */
export function PersonAct({ person, act, onClose }: Props) {
  const ActOn = act && forms[act];
  return (
    <ActDialog open={act !== undefined} title={act ? titles[act](person.display_name) : ''} onClose={onClose}>
      {(settle) => (ActOn ? <ActOn person={person} {...settle} /> : null)}
    </ActDialog>
  );
}

function ChangeRole({ person, ...settle }: FormProps) {
  const change = useFunction('change_role', roleAnswer, changed);
  const reading = useReach(person.id);
  const [chosen, setChosen] = useState<ProfileRow['role']>();
  const words = text.people.changeRole;
  const name = person.display_name;
  const isLast = reading.reach?.is_last_admin === true;
  return (
    <ActForm
      {...settle}
      confirm={words.confirm}
      fields={{ new_role: undefined }}
      isBlocked={chosen === undefined || (isLast && chosen !== 'admin')}
      onAct={async (reason, { new_role }) => {
        const done = await change({ profile_id: person.id, new_role, reason });
        return {
          title: words.done,
          items: [
            [text.people.receipt.person, name],
            [words.now, text.account.roles[done.role]],
            [text.people.assigned, at(done.role_assigned_at)],
          ],
        };
      }}
    >
      <ReachOf reading={reading} />
      {isLast ? <p role="alert">{text.people.reach.lastAdmin}</p> : null}
      <Form.Item name="new_role" label={words.field} className="mm-person-role">
        <Select
          onChange={setChosen}
          options={roles
            .filter((role) => role !== person.role || person.role_assigned_at === null)
            .map((value) => ({ value, label: text.account.roles[value] }))}
        />
      </Form.Item>
      {chosen ? <Consequences sentences={words.consequences(name, text.account.roles[chosen])} /> : null}
    </ActForm>
  );
}

function Suspend({ person, ...settle }: FormProps) {
  const suspend = useFunction('suspend_profile', suspendAnswer, changed);
  const reading = useReach(person.id);
  const words = text.people.suspend;
  const isLast = reading.reach?.is_last_admin === true;
  return (
    <ActForm
      {...settle}
      danger
      confirm={words.confirm}
      isBlocked={isLast}
      onAct={async (reason) => {
        const done = await suspend({ profile_id: person.id, reason });
        return {
          title: words.done,
          items: [
            [text.people.receipt.person, person.display_name],
            [words.at, at(done.suspended_at)],
          ],
          note: words.undo,
        };
      }}
    >
      <ReachOf reading={reading} />
      {isLast ? <p role="alert">{text.people.reach.lastAdmin}</p> : null}
      <Consequences sentences={words.consequences(reading.reach?.live_links)} />
    </ActForm>
  );
}

function Restore({ person, ...settle }: FormProps) {
  const restore = useFunction('restore_profile', restoreAnswer, changed);
  const reading = useReach(person.id);
  const words = text.people.restore;
  return (
    <ActForm
      {...settle}
      confirm={words.confirm}
      onAct={async (reason) => {
        const done = await restore({ profile_id: person.id, reason });
        return {
          title: words.done,
          items: [
            [text.people.receipt.person, person.display_name],
            [words.at, at(done.restored_at)],
          ],
        };
      }}
    >
      <ReachOf reading={reading} />
      <Consequences
        sentences={[
          ...words.consequences(reading.reach?.live_links),
          ...(person.identity_deleted_at ? [words.gone] : []),
        ]}
      />
    </ActForm>
  );
}
