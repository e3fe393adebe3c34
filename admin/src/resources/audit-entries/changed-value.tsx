import { LockOutlined } from '@ant-design/icons';
import { text } from '../../locales/index.ts';
import { commitmentOf, isSecret, type Side, valueText } from './diff.ts';
import { type Disclosure, disclosed } from './disclosure.ts';
import { ValueCheck } from './value-check.tsx';

type Props = {
  field: string;
  side: Side;
  value: unknown;
  /** As taken away or put there; a value that stayed is neither. */
  isMarked: boolean;
  disclosures: readonly Disclosure[] | undefined;
};

/** One recorded value; of a personal one that it is kept apart, what it was, or that it is erased. */
export function ChangedValue({ field, side, value, isMarked, disclosures }: Props) {
  const commitment = commitmentOf(value);
  if (commitment !== undefined) {
    if (!disclosures) return <KeptApart />;
    const found = disclosed(disclosures, side, field);
    if (!found) return <Erased />;
    return (
      <>
        <Marked side={side} isMarked={isMarked} shown={valueText(found.value)} />
        <ValueCheck disclosure={found} commitment={commitment} />
      </>
    );
  }
  if (isSecret(value)) return <span className="mm-quiet">{text.audit.secret}</span>;
  return <Marked side={side} isMarked={isMarked} shown={valueText(value)} />;
}

function Marked({ side, isMarked, shown }: { side: Side; isMarked: boolean; shown: string | undefined }) {
  if (shown === undefined) return <span className="mm-quiet">{text.audit.absent}</span>;
  if (!isMarked) return shown;
  return side === 'before' ? <del>{shown}</del> : <ins>{shown}</ins>;
}

function KeptApart() {
  return (
    <span className="mm-quiet">
      <LockOutlined aria-hidden /> {text.audit.personal.keptApart}
    </span>
  );
}

function Erased() {
  return (
    <span>
      <strong>{text.audit.personal.erased}</strong>{' '}
      <span className="mm-quiet mm-small">{text.audit.personal.erasedNote}</span>
    </span>
  );
}
