import { CheckCircleOutlined, ClockCircleOutlined, StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Moment } from '../../components/moment.tsx';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import { useNow } from '../../time/use-now.ts';
import { ReadingPanel } from '../job-runs/reading.tsx';
import type { useRows } from '../use-rows.ts';
import { type BlockRow, shortHash } from './answers.ts';

type Props = { reading: ReturnType<typeof useRows<BlockRow>>; onLift: (block: BlockRow) => void };

/** Blocks that stand and that have ended, the newest first. */
export function Blocks({ reading, onLift }: Props) {
  const words = text.rateLimits.blocks;
  const now = useNow();
  return (
    <ReadingPanel
      title={words.title}
      rowTitle={text.rateLimits.offenders.address}
      empty={words.none}
      reading={reading}
      nameOf={({ address, blocked_at }) =>
        `${shortHash(address)} · ${new Date(blocked_at).toISOString().slice(0, 19)}Z`
      }
      cellsOf={(block) => [
        { title: words.state, value: <State block={block} now={now} /> },
        { title: words.since, value: <Moment at={block.blocked_at} inline /> },
        { title: words.until, value: <Moment at={block.expires_at} inline /> },
        {
          title: text.reason.label,
          value: block.lift_reason ? `${block.reason} – ${block.lift_reason}` : block.reason,
        },
        {
          title: words.lift,
          value: stands(block, now) ? (
            <Button size="small" onClick={() => onLift(block)} aria-label={words.liftThis(shortHash(block.address))}>
              {words.doLift}
            </Button>
          ) : (
            <span className="mm-quiet">{text.time.none}</span>
          ),
        },
      ]}
    />
  );
}

const stands = ({ lifted_at, expires_at }: BlockRow, now: Date) => lifted_at === null && new Date(expires_at) > now;

function State({ block, now }: { block: BlockRow; now: Date }) {
  const words = text.rateLimits.blocks.states;
  if (stands(block, now))
    return (
      <Status tone="bad" icon={<StopOutlined />}>
        {words.stands}
      </Status>
    );
  return block.lifted_at ? (
    <Status tone="good" icon={<CheckCircleOutlined />}>
      {words.lifted}
    </Status>
  ) : (
    <Status tone="quiet" icon={<ClockCircleOutlined />}>
      {words.expired}
    </Status>
  );
}
