import { StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { z } from 'zod';
import { Moment } from '../../components/moment.tsx';
import { Status } from '../../components/status.tsx';
import { locale, text } from '../../locales/index.ts';
import { ReadingPanel } from '../job-runs/reading.tsx';
import type { useRowsOf } from '../use-rows-of.ts';
import { type offenderRow, shortHash } from './answers.ts';

type Offender = z.output<typeof offenderRow>;
type Props = {
  reading: ReturnType<typeof useRowsOf<Offender>>;
  onBlock: (address: string) => void;
};

/** Who was over a limit most, by keyed hash; each may be blocked. */
export function Offenders({ reading, onBlock }: Props) {
  const words = text.rateLimits.offenders;
  return (
    <ReadingPanel
      title={words.title}
      rowTitle={words.address}
      empty={words.none}
      reading={reading}
      nameOf={({ address }) => shortHash(address)}
      cellsOf={({ address, hits, rules, last_at, blocked_until }) => [
        { title: words.hits, align: 'right', value: <span className="mm-nums">{hits.toLocaleString(locale)}</span> },
        { title: words.rules, value: rules.join(', ') },
        { title: words.last, value: <Moment at={last_at} inline /> },
        {
          title: words.block,
          value: blocked_until ? (
            <>
              <Status tone="bad" icon={<StopOutlined />}>
                {words.blocked}
              </Status>
              <div className="mm-small">
                {words.until} <Moment at={blocked_until} inline />
              </div>
            </>
          ) : (
            <Button size="small" onClick={() => onBlock(address)} aria-label={words.blockThis(shortHash(address))}>
              {words.doBlock}
            </Button>
          ),
        },
      ]}
    />
  );
}
