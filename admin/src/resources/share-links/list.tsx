import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { ChoiceField } from '../../components/list/choice-fields.tsx';
import { DataList } from '../../components/list/data-list.tsx';
import { RangeField } from '../../components/list/filter-fields.tsx';
import { Filters, SearchField } from '../../components/list/filters.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { RecordField } from '../../components/list/record-field.tsx';
import { useListPage } from '../../components/list/use-list-page.ts';
import { Page } from '../../components/page.tsx';
import { StatePage } from '../../components/states.tsx';
import { useAccount, useOffered } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import type { ShareLinkRow, ShareStatus } from '../rows.ts';
import { coachSource, videoSource } from '../sources.ts';
import { choiceOfFilters, type RevokeChoice } from './bulk/choice.ts';
import { RevokeBar } from './bulk/revoke-bar.tsx';
import { linkColumns } from './columns.tsx';
import { BulkRevoke, CreateShareLink, RevokeShareLink } from './late-dialogs.ts';
import { isRevocable, nameOfLink } from './link-name.ts';

const statuses = ['active', 'scheduled', 'expired', 'revoked'] as const satisfies ShareStatus[];

const spec: ListSpec = {
  filters: {
    // As a bulk revocation takes them: all that match is exactly what the list shows of the live ones.
    q: { kind: 'search', fields: ['label', 'public_id', 'video_title', 'coach_name'] },
    status: { kind: 'choice', field: 'status', values: statuses },
    video: { kind: 'record', field: 'video_id' },
    coach: { kind: 'record', field: 'coach_id' },
    created: { kind: 'range', field: 'created_at', endLeftOut: true },
    ends: { kind: 'range', field: 'expires_at', endLeftOut: true },
  },
  sortable: ['label', 'status', 'video_title', 'created_at', 'expires_at', 'last_played_at', 'play_count'],
  initialSort: { field: 'created_at', order: 'desc' },
};

export default function ShareLinkList() {
  const account = useAccount();
  const ofAllCoaches = account.role !== 'coach';
  const mayCreate = useOffered('share_tokens', 'create');
  const mayRevoke = useOffered('share_tokens', 'revoke');
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ShareLinkRow>();
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [choice, setChoice] = useState<RevokeChoice>();
  const list = useListPage<ShareLinkRow>({
    resource: 'share_tokens',
    spec,
    meta: { nullsLast: ['last_played_at', 'label'] },
  });
  return (
    <Page
      title={text.links.title}
      lead={ofAllCoaches ? text.links.leadAll : text.links.lead}
      actions={
        mayCreate ? (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setCreating(true)}>
            {text.links.create}
          </Button>
        ) : null
      }
    >
      <Filters list={list}>
        <SearchField list={list} name="q" label={text.links.searchLabel} />
        <ChoiceField
          list={list}
          name="status"
          label={text.links.columns.status}
          choices={statuses.map((value) => ({ value, label: text.links.status[value] }))}
        />
        <RecordField list={list} name="video" label={text.links.columns.video} source={videoSource} />
        {ofAllCoaches ? (
          <RecordField list={list} name="coach" label={text.links.columns.coach} source={coachSource} />
        ) : null}
        <RangeField list={list} name="created" label={text.links.createdBetween} />
        <RangeField list={list} name="ends" label={text.links.endsBetween} />
      </Filters>
      {mayRevoke && list.total > 0 ? (
        <RevokeBar
          selected={selected}
          matching={choiceOfFilters(list.state.values, ofAllCoaches ? undefined : account.id)}
          isFiltered={Object.keys(list.state.values).length > 0}
          onRevoke={setChoice}
          onClear={() => setSelected([])}
        />
      ) : null}
      <DataList
        list={list}
        label={text.links.title}
        columns={linkColumns({ video: true, coach: ofAllCoaches, onRevoke: mayRevoke ? setRevoking : undefined })}
        selection={
          mayRevoke
            ? {
                ids: selected,
                onChange: setSelected,
                isSelectable: isRevocable,
                label: (row) => text.links.bulk.select(nameOfLink(row)),
              }
            : undefined
        }
        empty={
          <StatePage
            kind="empty"
            level="h2"
            title={text.links.emptyTitle}
            body={text.links.emptyBody}
            action={mayCreate ? { label: text.links.create, onClick: () => setCreating(true) } : undefined}
          />
        }
      />
      <CreateShareLink open={creating} onClose={() => setCreating(false)} />
      <BulkRevoke
        choice={choice}
        onClose={(done) => {
          setChoice(undefined);
          if (done) setSelected([]);
        }}
      />
      <RevokeShareLink link={revoking} onClose={() => setRevoking(undefined)} />
    </Page>
  );
}
