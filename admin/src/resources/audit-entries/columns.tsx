import { Link } from 'react-router';
import type { Column } from '../../components/list/data-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { text } from '../../locales/index.ts';
import type { AuditRow } from '../rows.ts';
import { ObjectLink } from './object-link.tsx';
import { SealTag } from './seal.tsx';
import { actionWords, actorWords, doorWords, roleWords } from './words.ts';

export const auditColumns: readonly Column<AuditRow>[] = [
  {
    key: 'action',
    title: text.audit.columns.what,
    card: 'heading',
    width: 190,
    render: ({ id, action }) => (
      <Link to={`/audit-log/${id}`} className="mm-row-title">
        {actionWords(action)}
      </Link>
    ),
  },
  {
    key: 'actor',
    title: text.audit.columns.who,
    card: 'fact',
    width: 140,
    render: (entry) => {
      const actor = actorWords(entry);
      const role = roleWords(entry.actor_role);
      return (
        <>
          {actor}
          {role && role !== actor ? <div className="mm-quiet mm-small">{role}</div> : null}
        </>
      );
    },
  },
  {
    key: 'occurred_at',
    title: text.audit.columns.when,
    card: 'fact',
    width: 205,
    render: ({ occurred_at: at }) => <Moment at={at} seconds />,
  },
  {
    key: 'object',
    title: text.audit.columns.object,
    card: 'fact',
    width: 115,
    render: (entry) => <ObjectLink entry={entry} />,
  },
  {
    key: 'door',
    title: text.audit.columns.door,
    card: 'fact',
    width: 110,
    from: 1300,
    render: ({ door }) => doorWords(door),
  },
  {
    key: 'seal',
    title: text.audit.columns.seal,
    card: 'fact',
    width: 130,
    from: 900,
    render: (entry) => <SealTag entry={entry} />,
  },
  {
    key: 'reason',
    title: text.audit.columns.reason,
    card: 'fact',
    from: 1100,
    render: ({ reason }) => reason && <span className="mm-reason">{reason}</span>,
  },
];
