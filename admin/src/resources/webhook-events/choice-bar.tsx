import { DeleteOutlined, RedoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { exactUpTo } from '../../components/list/list-footer.tsx';
import { text } from '../../locales/index.ts';
import type { Action } from './action-dialog.tsx';
import { type Choice, choiceOfIds, type Unnameable } from './choice.ts';
import './webhook-events.css';

type Props = {
  selected: readonly string[];
  matching: Choice | Unnameable;
  /** How many rows match the filters. */
  total: number;
  onAct: (action: Action) => void;
  onClear: () => void;
};

/** What can be done with the rows that are selected; with none, with all that match. */
export function ChoiceBar({ selected, matching, total, onAct, onClear }: Props) {
  const words = text.webhooks.choice;
  const choice = selected.length > 0 ? choiceOfIds(selected) : matching;
  const all = selected.length === 0;
  if (total === 0 && all) return null;
  return (
    <section className="mm-choice mm-card" aria-label={words.label}>
      {typeof choice === 'string' ? (
        <p className="mm-quiet">{words[choice]}</p>
      ) : (
        <>
          <p role="status">{all ? words.matching(total, total > exactUpTo) : words.selected(selected.length)}</p>
          <div className="mm-choice-actions">
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
          </div>
        </>
      )}
    </section>
  );
}
