import { StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { ChoiceBar } from '../../../components/list/choice-bar.tsx';
import { text } from '../../../locales/index.ts';
import { choiceOfIds, type RevokeChoice, type Unnameable } from './choice.ts';

type Props = {
  selected: readonly string[];
  matching: RevokeChoice | Unnameable;
  /** Whether the list is narrowed; where it is not, all of one's own are meant. */
  isFiltered: boolean;
  onRevoke: (choice: RevokeChoice) => void;
  onClear: () => void;
};

/** The links that are selected, or all live ones that the filters find, and the way to take them back together. */
export function RevokeBar({ selected, matching, isFiltered, onRevoke, onClear }: Props) {
  const words = text.links.bulk;
  if (selected.length > 0) {
    return (
      <ChoiceBar label={words.label} says={words.selected(selected.length)}>
        <Button danger icon={<StopOutlined aria-hidden />} onClick={() => onRevoke(choiceOfIds(selected))}>
          {words.revokeSelected}
        </Button>
        <Button type="link" onClick={onClear}>
          {words.clear}
        </Button>
      </ChoiceBar>
    );
  }
  if (typeof matching === 'string') return <ChoiceBar label={words.label} says={words[matching]} isHint />;
  return (
    <ChoiceBar label={words.label} says={isFiltered ? words.matching : words.ownAll}>
      <Button danger icon={<StopOutlined aria-hidden />} onClick={() => onRevoke(matching)}>
        {isFiltered ? words.revokeAll : words.revokeOwn}
      </Button>
    </ChoiceBar>
  );
}
