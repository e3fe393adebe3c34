import type { ReactNode } from 'react';
import './choice-bar.css';

type Props = { label: string; says: string; isHint?: boolean; children?: ReactNode };

/** Above a list: what is chosen of it, and what can be done with that. */
export function ChoiceBar({ label, says, isHint = false, children }: Props) {
  return (
    <section className="mm-choice mm-card" aria-label={label}>
      {isHint ? <p className="mm-quiet">{says}</p> : <p role="status">{says}</p>}
      {children ? <div className="mm-choice-actions">{children}</div> : null}
    </section>
  );
}
