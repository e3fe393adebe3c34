import { UsageError } from './payloads.ts';

/** Where to send, and what the place says of itself. */
export interface Target {
  readonly origin: string;
  readonly environment: string;
}

const harmless = ['development', 'test', 'staging'];

/**
 * Asks the place which environment it is (`/api/config`). Production, and a place that does not say, are refused unless the caller has
 * confirmed: what is sent there moves real uploads and people.
 * @throws {UsageError}
 */
export async function findTarget(to: string, isConfirmed: boolean): Promise<Target> {
  if (!URL.canParse(to) || !['http:', 'https:'].includes(new URL(to).protocol)) {
    throw new UsageError(`${to} is no http or https address.`);
  }
  const { origin } = new URL(to);
  const environment = await environmentOf(origin);
  if (!harmless.includes(environment) && !isConfirmed) {
    throw new UsageError(
      `${origin} is ${environment === 'unknown' ? 'not known to be a test environment' : environment}. Give --yes if that is meant.`,
    );
  }
  return { origin, environment };
}

async function environmentOf(origin: string): Promise<string> {
  try {
    const response = await fetch(`${origin}/api/config`, { signal: AbortSignal.timeout(5_000), redirect: 'error' });
    const config: unknown = await response.json();
    return typeof config === 'object' &&
      config !== null &&
      'environment' in config &&
      typeof config.environment === 'string'
      ? config.environment
      : 'unknown';
  } catch {
    return 'unknown';
  }
}
