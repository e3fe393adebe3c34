/**
 * The doubles of this folder let anybody in without a password and hand out what they were given. They are for a
 * developer's machine and for tests; anywhere else they refuse to start.
 */

const PERMITTED = new Set(['development', 'test']);

export class RefusedInProduction extends Error {
  override readonly name = 'RefusedInProduction';
}

/**
 * Fails closed: an ENVIRONMENT that is neither `development` nor `test` (also a misspelt one) and a NODE_ENV of
 * `production` both refuse. The environment is read here, and not in each program's configuration, so that no way of
 * starting a double goes around the check.
 *
 * @param what the double's name, for the message
 * @throws RefusedInProduction naming the variable that forbids it
 */
export function refuseProduction(what: string, environment: NodeJS.ProcessEnv = process.env): void {
  const { ENVIRONMENT, NODE_ENV } = environment;
  if (ENVIRONMENT !== undefined && ENVIRONMENT !== '' && !PERMITTED.has(ENVIRONMENT)) {
    throw new RefusedInProduction(
      `${what} is a development double and refuses to start: ENVIRONMENT is "${ENVIRONMENT}", and only development and test are allowed.`,
    );
  }
  if (NODE_ENV === 'production' || NODE_ENV === 'staging') {
    throw new RefusedInProduction(`${what} is a development double and refuses to start: NODE_ENV is "${NODE_ENV}".`);
  }
}
