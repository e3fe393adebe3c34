import { Facts, Page, Panel } from '../../components/page.tsx';
import { useAccount } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import { ownZone } from '../../time/zone.ts';
import { Sessions } from '../sessions/sessions.tsx';
import { Notices } from './notices.tsx';

/** Who one is here, where one is signed in, and what one is told about. */
export default function MyAccountPage() {
  const account = useAccount();
  const words = text.myAccount;
  return (
    <Page title={words.title} lead={words.lead}>
      <div className="mm-columns">
        <div className="mm-stack">
          <Notices />
          <Sessions person={{ id: account.id, name: account.name }} isOwn />
        </div>
        <Panel title={words.profile}>
          <div className="mm-stack">
            <Facts
              items={[
                [text.people.columns.name, account.name],
                [text.people.columns.email, account.email ?? text.time.none],
                [text.people.role, text.account.roles[account.role]],
                [words.zone, ownZone()],
              ]}
            />
            <p className="mm-quiet mm-small">
              {words.elsewhere} {words.zoneNote}
            </p>
          </div>
        </Panel>
      </div>
    </Page>
  );
}
