import type { DeployOptions } from './deploy.ts';

/** What `deploy` reads from the environment, for --help. */
export const variables = {
  DATABASE_ADMIN_URL:
    'connection string of a superuser, or of a role with CREATEROLE, BYPASSRLS and CREATE on the database',
  MM_SERVICE_PASSWORD: 'password of mm_service, the login of api and worker',
  MM_AUTHENTICATOR_PASSWORD: "password of mm_authenticator, PostgREST's login",
  IDENTITY_ISSUER: "the session tokens' iss",
  IDENTITY_AUDIENCE: "the session tokens' aud",
  IDENTITY_AUTHORIZED_PARTIES: "origins of which the tokens' azp must be one, separated by commas",
} as const;

export type VariableName = keyof typeof variables;

/** @throws Error that names the variable. */
export function readVariable(name: VariableName): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set: ${variables[name]}.`);
  return value;
}

/** @throws Error that names the first missing variable. */
export function readDeployOptions(): DeployOptions {
  return {
    adminUrl: readVariable('DATABASE_ADMIN_URL'),
    servicePassword: readVariable('MM_SERVICE_PASSWORD'),
    authenticatorPassword: readVariable('MM_AUTHENTICATOR_PASSWORD'),
    identity: {
      issuer: readVariable('IDENTITY_ISSUER'),
      audience: readVariable('IDENTITY_AUDIENCE'),
      authorizedParties: readVariable('IDENTITY_AUTHORIZED_PARTIES')
        .split(',')
        .map((party) => party.trim())
        .filter(Boolean),
    },
  };
}
