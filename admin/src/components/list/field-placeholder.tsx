/** Keeps the place of a field whose code is on its way, so that nothing jumps when it comes, and its label names something meanwhile. */
export function FieldPlaceholder({ id, width }: { id: string; width: number }) {
  return <input id={id} className="mm-input mm-field-placeholder" style={{ width, minWidth: width }} disabled />;
}
