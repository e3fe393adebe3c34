/** What somebody wrote one a line, or with commas, semicolons or blanks between; each once, in their order. */
export function readLines(written: string | undefined): string[] {
  return [...new Set((written ?? '').split(/[\s,;]+/).filter((one) => one !== ''))];
}

export const writeLines = (values: readonly string[]): string => values.join('\n');
