import { Button } from 'antd';
import { useState } from 'react';
import { Page } from '../../components/page.tsx';
import { RunbookLead } from '../../components/runbook.tsx';
import { text } from '../../locales/index.ts';
import { useRows } from '../use-rows.ts';
import { useRowsOf } from '../use-rows-of.ts';
import { type AbuseRuleRow, type BlockRow, offenderRow } from './answers.ts';
import { Blocks } from './blocks.tsx';
import { Hits } from './hits.tsx';
import { BlockDialog, ChangeDialog, LiftDialog } from './late-dialogs.ts';
import { Offenders } from './offenders.tsx';
import { Rules } from './rules.tsx';
import { Signs } from './signs.tsx';

const pollMs = 30_000;

/** The limits, who is over them, signs of abuse, and who is shut out (RL-07, RL-09). */
export default function RateLimitsPage() {
  const offenders = useRowsOf('limit_offenders', offenderRow, { args: { hours: 24 }, pollMs });
  const blocks = useRows<BlockRow>({
    resource: 'address_blocks',
    sorters: [{ field: 'blocked_at', order: 'desc' }],
    pollMs,
  });
  const [blocking, setBlocking] = useState<string>();
  const [lifting, setLifting] = useState<BlockRow>();
  const [changing, setChanging] = useState<AbuseRuleRow>();
  const afterwards = () => {
    setBlocking(undefined);
    setLifting(undefined);
    blocks.refetch();
    offenders.refetch();
  };
  const words = text.rateLimits;
  return (
    <Page
      title={words.title}
      lead={<RunbookLead lead={words.lead} name="abuse" />}
      actions={<Button onClick={() => setBlocking('')}>{words.block.open}</Button>}
    >
      <div className="mm-stack">
        <Signs onChange={setChanging} />
        <Offenders reading={offenders} onBlock={setBlocking} />
        <Blocks reading={blocks} onLift={setLifting} />
        <Hits />
        <Rules />
      </div>
      <BlockDialog address={blocking} onDone={afterwards} onClose={() => setBlocking(undefined)} />
      <LiftDialog block={lifting} onDone={afterwards} onClose={() => setLifting(undefined)} />
      <ChangeDialog rule={changing} onClose={() => setChanging(undefined)} />
    </Page>
  );
}
