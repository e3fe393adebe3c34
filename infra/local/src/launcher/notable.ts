/** pino's number for "error"; see https://getpino.io/#/docs/api?id=level-string */
const PINO_ERROR = 50;

/**
 * What of a child's log belongs on the terminal: errors, in one line each. Everything is in the log file.
 * @returns the text to show, or undefined for a line that stays in the file
 */
export function notableText(line: string): string | undefined {
  if (line.startsWith('{')) return fromPino(line);
  if (/\b(FATAL|PANIC):/.test(line)) return line.replace(/^.*?\b(?=(?:FATAL|PANIC):)/, '');
  return undefined;
}

function fromPino(line: string): string | undefined {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof entry !== 'object' || entry === null || !('level' in entry)) return undefined;
  if (typeof entry.level !== 'number' || entry.level < PINO_ERROR) return undefined;
  const text = 'msg' in entry && typeof entry.msg === 'string' ? entry.msg : 'error';
  const cause = 'err' in entry && typeof entry.err === 'object' && entry.err !== null ? entry.err : {};
  const message =
    'message' in cause && typeof cause.message === 'string' && cause.message !== text ? cause.message : '';
  return message ? `${text}: ${message}` : text;
}
