/** What a spreadsheet may take for the begin of a formula: also behind spaces and quotes, also in the wide forms of East Asia. */
const formula = /^[\s\p{Cf}"'`]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]|^[\t\r]/u;

/** One value as RFC 4180 writes it. One that a spreadsheet would take for a formula is preceded by an apostrophe. */
export function csvCell(value: string | null): string {
  if (value === null) {
    return '';
  }
  const harmless = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A line of the table, with its end. */
export const csvLine = (values: readonly (string | null)[]): string => `${values.map(csvCell).join(',')}\r\n`;

/** Begins a table, so that a spreadsheet reads it as UTF-8. */
export const byteOrderMark = '\ufeff';
