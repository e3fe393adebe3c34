/**
 * Moments in an `<input type="datetime-local">`: the browser's own picker, with its own keyboard, on a phone its own wheel.
 * The field holds wall-clock time of the reader's zone, to the minute.
 */
export function toLocalInput(moment: Date | undefined): string {
  if (!moment || Number.isNaN(moment.getTime())) return '';
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${String(moment.getFullYear()).padStart(4, '0')}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** Undefined for a field that is empty or half filled in. */
export function fromLocalInput(value: string): Date | undefined {
  const moment = new Date(value);
  return value === '' || Number.isNaN(moment.getTime()) ? undefined : moment;
}
