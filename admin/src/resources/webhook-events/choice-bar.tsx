import { DeleteOutlined, RedoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { ChoiceBar as Bar } from '../../components/list/choice-bar.tsx';
import { text } from '../../locales/index.ts';
import type { Action } from './action-dialog.tsx';
import { type Choice, choiceOfIds, type Unnameable } from './choice.ts';

type Props = {
  selected: readonly string[];
  matching: Choice | Unnameable;
  /** How many rows match the filters, or at least match them. */
  total: number;
  isCapped: boolean;
  onAct: (action: Action) => void;
  onClear: () => void;
};

/** What can be done with the rows that are selected; with none, with all that match. */
export function ChoiceBar({ selected, matching, total, isCapped, onAct, onClear }: Props) {
  const words = text.webhooks.choice;
  const choice = selected.length > 0 ? choiceOfIds(selected) : matching;
  const all = selected.length === 0;
  if (total === 0 && all) return null;
  if (typeof choice === 'string') return <Bar label={words.label} says={words[choice]} isHint />;
  const says = all ? words.matching(total, isCapped) : words.selected(selected.length);
  return (
    <Bar label={words.label} says={says}>
      <Button icon={<RedoOutlined aria-hidden />} onClick={() => onAct({ kind: 'replay', choice })}>
        {all ? words.replayAll : words.replay}
      </Button>
      <Button danger icon={<DeleteOutlined aria-hidden />} onClick={() => onAct({ kind: 'discard', choice })}>
        {all ? words.discardAll : words.discard}
      </Button>
      {all ? null : (
        <Button type="link" onClick={onClear}>
          {words.clear}
        </Button>
      )}
    </Bar>
  );
}
