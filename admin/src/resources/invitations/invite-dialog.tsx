import { useDataProvider } from '@refinedev/core';
import { Alert, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Consequences } from '../../components/act-dialog.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { faultsOf, sentenceOf, showFaults } from '../../components/form-faults.ts';
import { WorkingButton } from '../../components/working-button.tsx';
import { text } from '../../locales/index.ts';
import { roles } from '../../providers/auth/account.ts';
import type { Role } from '../../providers/auth/index.ts';
import { isApiError } from '../../providers/data/index.ts';
import { confirmed, useStepUp } from '../../step-up/step-up.ts';
import type { ProfileRow } from '../profiles/answers.ts';
import { useFunction } from '../use-function.ts';
import { inviteAnswer } from './answers.ts';

type Values = { email?: string; role?: Role; note?: string };
type Props = { open: boolean; onDone: (email: string) => void; onClose: () => void };

/** Invites an address to a role. */
export function InviteDialog({ open, onDone, onClose }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title={text.invitations.invite.title}>
      <InviteForm onDone={onDone} onClose={onClose} />
    </Dialog>
  );
}

function InviteForm({ onDone, onClose }: Omit<Props, 'open'>) {
  const invite = useFunction('invite_person', inviteAnswer, ['invitations', 'audit_entries']);
  const { ask } = useStepUp();
  const accountOf = useAccountOf();
  const [form] = Form.useForm<Values>();
  const role = Form.useWatch('role', form);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [here, setHere] = useState<ProfileRow>();
  const words = text.invitations.invite;

  const submit = async ({ email = '', role: chosen, note = '' }: Values) => {
    setFailure(undefined);
    setHere(undefined);
    setSending(true);
    try {
      const address = email.trim();
      await confirmed(ask, () => invite({ email: address, role: chosen ?? null, note: note.trim() || null }));
      onDone(address);
    } catch (error) {
      const faults = faultsOf(error);
      setFailure(faults ? showFaults(form, ['email', 'role', 'note'], faults) : sentenceOf(error));
      if (isApiError(error) && error.code === 'invitation.already_here') setHere(await accountOf(email));
    } finally {
      setSending(false);
    }
  };

  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={submit} noValidate>
      <Form.Item name="email" label={words.email}>
        <Input type="email" autoComplete="off" inputMode="email" />
      </Form.Item>
      {here ? (
        <Alert
          type="info"
          showIcon
          className="mm-form-alert"
          title={words.here(here.display_name)}
          action={<Link to={`/people/${here.id}`}>{words.openAccount}</Link>}
        />
      ) : null}
      <Form.Item name="role" label={text.people.role}>
        <Select options={roles.map((value) => ({ value, label: text.account.roles[value] }))} />
      </Form.Item>
      <Form.Item name="note" label={words.note} extra={words.noteHint}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
      <Consequences sentences={words.consequences(role ? text.account.roles[role] : undefined)} />
      {failure ? <Alert type="error" showIcon title={failure} className="mm-form-alert" /> : null}
      <div className="mm-dialog-actions">
        <Button onClick={onClose}>{text.actions.cancel}</Button>
        <WorkingButton type="primary" htmlType="submit" isWorking={sending}>
          {words.confirm}
        </WorkingButton>
      </div>
    </Form>
  );
}

/** Finds whose an address is; nobody when that cannot be read now, since the refusal has said enough. */
function useAccountOf(): (email: string) => Promise<ProfileRow | undefined> {
  const dataProvider = useDataProvider()();
  return async (email) => {
    const address = email.trim().toLowerCase();
    try {
      const { data } = await dataProvider.getList<ProfileRow>({
        resource: 'profiles',
        filters: [{ field: 'email', operator: 'contains', value: address }],
        pagination: { currentPage: 1, pageSize: 10 },
      });
      return data.find((person) => person.email?.toLowerCase() === address);
    } catch {
      return undefined;
    }
  };
}
