/** Keeps the place of a field whose code is on its way, so that nothing jumps when it comes. */
export function FieldPlaceholder({ width }: { width: number }) {
  return <div className="mm-input mm-field-placeholder" style={{ minWidth: width }} aria-hidden="true" />;
}
