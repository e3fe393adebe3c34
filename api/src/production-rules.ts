import { isIP } from 'node:net';
import type { ConfigFault, Program } from './config.ts';
import type { Environment } from './config-schema.ts';

const loopbackNames = new Set(['localhost', 'host.docker.internal']);

function isLoopback(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return (
    loopbackNames.has(host) ||
    host.endsWith('.localhost') ||
    (isIP(host) === 4 && (host.startsWith('127.') || host === '0.0.0.0')) ||
    host === '::1' ||
    host === '::'
  );
}

/** Values a person or the embedded stack puts in while developing. */
const developmentSecret = /(change.?me|development|local|example|password|placeholder|dummy|^test|^dev)/i;

const secretVariables = ['MUX_TOKEN_SECRET', 'ADDRESS_HASH_KEY', 'METRICS_TOKEN'] as const;
const outsideUrls = [
  'PUBLIC_URL',
  'IDENTITY_ISSUER',
  'IDENTITY_JWKS_URL',
  'CLERK_API_URL',
  'MUX_BASE_URL',
  'MUX_STREAM_URL',
  'MUX_IMAGE_URL',
  'RESEND_BASE_URL',
] as const;

/** What production refuses: plain http, loopback addresses, the local issuer, test keys, well-known secrets, an unsigned audit log. */
export function productionFaults(environment: Environment, program: Program): ConfigFault[] {
  if (environment.ENVIRONMENT !== 'production') {
    return [];
  }
  const faults: ConfigFault[] = [];
  const refuse = (variable: string, message: string) =>
    faults.push({ variable, message: `${message} (ENVIRONMENT=production)` });

  if (environment.IDENTITY_PROVIDER === 'local') {
    refuse('IDENTITY_PROVIDER', 'must not be the local issuer');
  }
  for (const variable of outsideUrls) {
    const url = environment[variable];
    if (url !== undefined && !url.startsWith('https://')) {
      refuse(variable, 'must be an https URL');
    } else if (url !== undefined && isLoopback(url)) {
      refuse(variable, 'must not be a loopback address');
    }
  }
  for (const variable of ['MUX_UPLOAD_ORIGINS', 'IDENTITY_AUTHORIZED_PARTIES'] as const) {
    if (environment[variable]?.some((source) => !source.startsWith('https://'))) {
      refuse(variable, 'must be https only');
    }
  }
  if (environment.REDIS_URL !== undefined && !environment.REDIS_URL.startsWith('rediss://')) {
    refuse('REDIS_URL', 'must be a rediss URL');
  }
  if (environment.CLERK_PUBLISHABLE_KEY?.startsWith('pk_test_')) {
    refuse('CLERK_PUBLISHABLE_KEY', 'must be a live key');
  }
  if (environment.CLERK_SECRET_KEY?.startsWith('sk_test_')) {
    refuse('CLERK_SECRET_KEY', 'must be a live key');
  }
  if (environment.METRICS_TOKEN === undefined) {
    refuse('METRICS_TOKEN', 'is missing');
  }
  for (const variable of ['AUDIT_SIGNING_KEY', 'RESEND_API_KEY', 'CLERK_SECRET_KEY'] as const) {
    if (program === 'worker' && environment[variable] === undefined) {
      refuse(variable, 'is missing');
    }
  }
  for (const variable of secretVariables) {
    const secret = environment[variable];
    if (secret !== undefined && developmentSecret.test(secret)) {
      refuse(variable, 'must not be a development value');
    }
  }
  if (environment.MUX_WEBHOOK_SECRETS.some((secret) => developmentSecret.test(secret))) {
    refuse('MUX_WEBHOOK_SECRETS', 'must not be development values');
  }
  return faults;
}
