/** pino's levels from "error" on; written as words or as numbers, depending on the program's settings. */
const SEVERE = new Set<unknown>(['error', 'fatal', 50, 60]);

/** PostgreSQL calls it FATAL when a connection ends; these are somebody trying a password, or a server that goes or comes. */
const ORDINARY_FATAL =
  /password authentication failed|terminating connection|the database system is|connection to client lost/;

/**
 * What of a child's log belongs on the terminal: errors, in one line each. Everything is in the log file.
 * @returns the text to show, or undefined for a line that stays in the file
 */
export function notableText(line: string): string | undefined {
  if (line.startsWith('{')) return fromPino(line);
  if (!/\b(FATAL|PANIC):/.test(line) || ORDINARY_FATAL.test(line)) return undefined;
  return line.replace(/^.*?\b(?=(?:FATAL|PANIC):)/, '');
}

function fromPino(line: string): string | undefined {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof entry !== 'object' || entry === null || !('level' in entry)) return undefined;
  if (!SEVERE.has(entry.level)) return undefined;
  const text = 'msg' in entry && typeof entry.msg === 'string' ? entry.msg : 'error';
  const cause = 'err' in entry && typeof entry.err === 'object' && entry.err !== null ? entry.err : {};
  const message =
    'message' in cause && typeof cause.message === 'string' && cause.message !== text ? cause.message : '';
  return message ? `${text}: ${message}` : text;
}
