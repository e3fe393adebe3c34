import { Outlet } from 'react-router';
import { StatePage } from '../components/states.tsx';
import { useAccount, useOffered } from '../config/account.ts';
import { text } from '../locales/index.ts';
import type { ResourceName } from '../providers/access/index.ts';

/** Says plainly that a page is for another role; the database would answer with nothing anyway. */
export default function Gate({ resource }: { resource: ResourceName }) {
  const { role } = useAccount();
  if (useOffered(resource, 'list')) return <Outlet />;
  return (
    <StatePage
      kind="refused"
      title={text.refused.title}
      body={text.refused.body(text.account.roles[role])}
      action={{ label: text.refused.home, to: '/' }}
    />
  );
}
