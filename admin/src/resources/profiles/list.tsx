import { useNotification } from '@refinedev/core';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { ChoiceField } from '../../components/list/choice-fields.tsx';
import { type Column, DataList } from '../../components/list/data-list.tsx';
import { Filters, SearchField } from '../../components/list/filters.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useListPage } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { StatePage } from '../../components/states.tsx';
import { useAccount } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import { roles } from '../../providers/auth/account.ts';
import { InviteDialog } from '../invitations/late-dialogs.ts';
import { Invitations } from '../invitations/panel.tsx';
import type { ProfileRow } from './answers.ts';
import { ProfileStatusTag } from './status-tag.tsx';

const statuses = ['active', 'suspended'] as const;

const spec: ListSpec = {
  filters: {
    q: { kind: 'search', fields: ['display_name', 'email'] },
    role: { kind: 'choice', field: 'role', values: roles },
    status: { kind: 'choice', field: 'status', values: statuses },
  },
  sortable: ['display_name', 'last_seen_at', 'created_at'],
  initialSort: { field: 'display_name', order: 'asc' },
};

function Name({ id, display_name: name }: ProfileRow) {
  const own = useAccount().id === id;
  return (
    <>
      <Link className="mm-row-title" to={`/people/${id}`}>
        {name}
      </Link>
      {own ? <span className="mm-quiet"> ({text.people.you})</span> : null}
    </>
  );
}

const columns: readonly Column<ProfileRow>[] = [
  { key: 'display_name', title: text.people.columns.name, card: 'heading', render: (row) => <Name {...row} /> },
  {
    key: 'email',
    title: text.people.columns.email,
    card: 'fact',
    from: 1000,
    render: ({ email }) => email ?? text.time.none,
  },
  {
    key: 'role',
    title: text.people.role,
    card: 'fact',
    width: 130,
    render: ({ role }) => text.account.roles[role],
  },
  {
    key: 'status',
    title: text.people.status,
    card: 'badge',
    width: 140,
    render: ({ status }) => <ProfileStatusTag status={status} />,
  },
  {
    key: 'last_seen_at',
    title: text.people.columns.lastSeen,
    card: 'fact',
    width: 190,
    render: ({ last_seen_at: at }) => <Moment at={at} absent={text.time.never} />,
  },
  {
    key: 'created_at',
    title: text.people.columns.firstSeen,
    card: 'fact',
    width: 190,
    from: 1200,
    render: ({ created_at: at }) => <Moment at={at} />,
  },
];

/** Everybody who has signed in, and whom admins have invited; for an admin. */
export default function ProfileList() {
  const list = useListPage<ProfileRow>({ resource: 'profiles', spec });
  const { open: notify } = useNotification();
  const [inviting, setInviting] = useState(false);
  return (
    <Page
      title={text.people.title}
      lead={text.people.lead}
      actions={
        <Button type="primary" onClick={() => setInviting(true)}>
          {text.invitations.invite.open}
        </Button>
      }
    >
      <Filters list={list}>
        <SearchField list={list} name="q" label={text.people.searchLabel} />
        <ChoiceField
          list={list}
          name="role"
          label={text.people.role}
          choices={roles.map((value) => ({ value, label: text.account.roles[value] }))}
        />
        <ChoiceField
          list={list}
          name="status"
          label={text.people.status}
          choices={statuses.map((value) => ({ value, label: text.people.statuses[value] }))}
        />
      </Filters>
      <DataList
        list={list}
        label={text.people.title}
        columns={columns}
        empty={<StatePage kind="empty" level="h2" title={text.people.emptyTitle} body={text.people.emptyBody} />}
      />
      <div className="mm-invitations">
        <Invitations />
      </div>
      <InviteDialog
        open={inviting}
        onDone={(email) => {
          setInviting(false);
          notify?.({ key: 'invitation', type: 'success', message: text.invitations.invite.done(email) });
        }}
        onClose={() => setInviting(false)}
      />
    </Page>
  );
}
