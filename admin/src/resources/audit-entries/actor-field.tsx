import { type CrudFilter, useSelect } from '@refinedev/core';
import { Select } from 'antd';
import { useId, useState } from 'react';
import { TextField } from '../../components/list/filter-fields.tsx';
import { setValues } from '../../components/list/set-values.ts';
import type { ListPage } from '../../components/list/use-list-page.ts';
import { useAccount } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import type { AuditRow } from '../rows.ts';

type ActorList = { list: ListPage<AuditRow> };
type ProfileRow = { id: string; subject: string; display_name: string | null };

/** Chooses one actor. An admin finds them by name; who may not see other people's names knows only the id. */
export function ActorField({ list }: ActorList) {
  if (useAccount().role === 'admin') return <ActorSearch list={list} />;
  return <TextField list={list} name="actor" label={text.audit.actorId} />;
}

function ActorSearch({ list }: ActorList) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const value = list.state.values.actor?.[0];
  const { query, onSearch } = useSelect<ProfileRow>({
    resource: 'profiles',
    optionLabel: (profile) => profile.display_name ?? profile.subject,
    optionValue: (profile) => profile.subject,
    onSearch: (words): CrudFilter[] => {
      const wanted = words.trim();
      if (wanted === '') return [];
      const fields = ['display_name', 'subject'];
      return [{ operator: 'or', value: fields.map((field) => ({ field, operator: 'contains', value: wanted })) }];
    },
    sorters: [{ field: 'display_name', order: 'asc' }],
    pagination: { mode: 'server', pageSize: 20 },
    meta: { count: 'none', select: 'id,subject,display_name' },
    errorNotification: false,
  });
  const found = (query.data?.data ?? []).map((profile) => ({
    value: profile.subject,
    label: profile.display_name ?? profile.subject,
  }));
  const known = new Set(found.map((option) => option.value));
  const nameOf = (subject: string) => list.rows.find((row) => row.actor_subject === subject)?.actor_name ?? subject;
  const wanted = typed.trim();
  const options = [
    ...(value && !known.has(value) ? [{ value, label: nameOf(value) }] : []),
    ...found,
    // Somebody whose account was erased has no profile, but stands in the log.
    ...(wanted && wanted !== value && !known.has(wanted)
      ? [{ value: wanted, label: text.audit.actorExactly(wanted) }]
      : []),
  ];
  return (
    <div className="mm-filter">
      <label htmlFor={id}>{text.audit.actor}</label>
      <Select
        id={id}
        allowClear
        style={{ minWidth: 210 }}
        popupMatchSelectWidth={false}
        placeholder={text.audit.actorPlaceholder}
        showSearch={{
          filterOption: false,
          onSearch: (words) => {
            setTyped(words);
            onSearch(words);
          },
        }}
        loading={query.isFetching}
        notFoundContent={query.isFetching ? text.list.loading : text.list.noMatchTitle}
        value={value ?? null}
        onChange={(next: string | null | undefined) => {
          setTyped('');
          setValues({ list, name: 'actor', label: text.audit.actor }, next ? [next] : []);
        }}
        options={options}
      />
    </div>
  );
}
