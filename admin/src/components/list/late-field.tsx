import { type ReactNode, Suspense, useId } from 'react';

type Props = {
  label: string;
  /** Pixels that are kept for it. */
  width: number;
  /** The field, named by the label through its id. Its code may be on its way. */
  children: (id: string) => ReactNode;
};

/**
 * A filter whose code may be on its way: its place is kept, so that nothing jumps when it comes, and its label names something meanwhile.
 */
export function LateField({ label, width, children }: Props) {
  const id = useId();
  const placeholder = (
    <input id={id} className="mm-input mm-field-placeholder" style={{ width, minWidth: width }} disabled />
  );
  return (
    <div className="mm-filter">
      <label htmlFor={id}>{label}</label>
      <Suspense fallback={placeholder}>{children(id)}</Suspense>
    </div>
  );
}
