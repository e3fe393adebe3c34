import { Button } from 'antd';
import { useState } from 'react';
import { ChoiceField } from '../../components/list/choice-fields.tsx';
import { type Column, DataList } from '../../components/list/data-list.tsx';
import { Filters, SearchField } from '../../components/list/filters.tsx';
import type { ListSpec } from '../../components/list/list-state.ts';
import { useListPage } from '../../components/list/use-list-page.ts';
import { Moment } from '../../components/moment.tsx';
import { Page } from '../../components/page.tsx';
import { RunbookLead } from '../../components/runbook.tsx';
import { StatePage } from '../../components/states.tsx';
import { locale, text } from '../../locales/index.ts';
import { AlertStateTag, SeverityTag } from './alert-tags.tsx';
import './alerts.css';
import { type AlertRow, alertStates, severities } from './answers.ts';
import { AlertDetails } from './details.tsx';
import { SettleDialog } from './late-dialog.ts';
import type { Settling } from './settle-dialog.tsx';

const spec: ListSpec = {
  filters: {
    q: { kind: 'search', fields: ['title', 'key'] },
    state: { kind: 'choice', field: 'state', values: alertStates },
    severity: { kind: 'choice', field: 'severity', values: severities },
  },
  sortable: ['opened_at'],
  initialSort: { field: 'opened_at', order: 'desc' },
};
const pollMs = () => 15_000;

const columnsFor = (onSettle: (settling: Settling) => void): readonly Column<AlertRow>[] => [
  {
    key: 'title',
    title: text.alerts.one,
    card: 'heading',
    render: ({ title, key }) => (
      <>
        <div className="mm-row-title">{title}</div>
        <div className="mm-small mm-quiet">
          <code>{key}</code>
        </div>
      </>
    ),
  },
  {
    key: 'severity',
    title: text.alerts.severity,
    card: 'fact',
    width: 130,
    render: ({ severity }) => <SeverityTag severity={severity} />,
  },
  {
    key: 'state',
    title: text.alerts.state,
    card: 'badge',
    width: 170,
    render: ({ state }) => <AlertStateTag state={state} />,
  },
  {
    key: 'occurrences',
    title: text.alerts.occurrences,
    card: 'fact',
    width: 110,
    align: 'right',
    from: 1200,
    render: ({ occurrences }) => <span className="mm-nums">{occurrences.toLocaleString(locale)}</span>,
  },
  {
    key: 'opened_at',
    title: text.alerts.openedAt,
    card: 'fact',
    width: 190,
    render: ({ opened_at: at }) => <Moment at={at} />,
  },
  {
    key: 'acts',
    title: text.alerts.acts,
    card: 'fact',
    width: 210,
    render: (alert) => <Acts alert={alert} onSettle={onSettle} />,
  },
];

function Acts({ alert, onSettle }: { alert: AlertRow; onSettle: (settling: Settling) => void }) {
  const { acknowledge, resolve } = text.alerts;
  if (alert.state === 'resolved') return <span className="mm-quiet">{text.time.none}</span>;
  return (
    <span className="mm-alert-acts">
      {alert.state === 'firing' ? (
        <Button
          size="small"
          onClick={() => onSettle({ act: 'acknowledge', alert })}
          aria-label={acknowledge.open(alert.title)}
        >
          {acknowledge.act}
        </Button>
      ) : null}
      <Button size="small" onClick={() => onSettle({ act: 'resolve', alert })} aria-label={resolve.open(alert.title)}>
        {resolve.act}
      </Button>
    </span>
  );
}

/** Alerts that the programs raised: which are open, who is at them, and what they were (OB-10, OB-11). */
export default function AlertList() {
  const list = useListPage<AlertRow>({ resource: 'alerts', spec, pollMs });
  const [settling, setSettling] = useState<Settling>();
  const words = text.alerts;
  return (
    <Page title={words.title} lead={<RunbookLead lead={words.lead} name="open-alerts" />}>
      <Filters list={list}>
        <SearchField list={list} name="q" label={words.searchLabel} />
        <ChoiceField
          list={list}
          name="state"
          label={words.state}
          choices={alertStates.map((value) => ({ value, label: words.states[value] }))}
        />
        <ChoiceField
          list={list}
          name="severity"
          label={words.severity}
          choices={severities.map((value) => ({ value, label: text.dashboard.alerts.severities[value] ?? value }))}
        />
      </Filters>
      <DataList
        list={list}
        label={words.title}
        columns={columnsFor(setSettling)}
        expand={(alert) => <AlertDetails alert={alert} />}
        nameOf={({ title }) => title}
        empty={<StatePage kind="empty" level="h2" title={words.emptyTitle} body={words.emptyBody} />}
      />
      <SettleDialog
        settling={settling}
        onDone={() => {
          setSettling(undefined);
          list.refetch();
        }}
        onClose={() => setSettling(undefined)}
      />
    </Page>
  );
}
