import { expect, test } from 'vitest';
import { RefusedInProduction, refuseProduction } from '../src/refuse-production.ts';

test.each([
  [{ ENVIRONMENT: 'production' }, /ENVIRONMENT is "production"/],
  [{ ENVIRONMENT: 'staging' }, /ENVIRONMENT is "staging"/],
  [{ ENVIRONMENT: 'Production' }, /ENVIRONMENT is "Production"/],
  [{ ENVIRONMENT: 'prod' }, /ENVIRONMENT is "prod"/],
  [{ NODE_ENV: 'production' }, /NODE_ENV is "production"/],
  [{ ENVIRONMENT: 'development', NODE_ENV: 'production' }, /NODE_ENV is "production"/],
])('a double refuses %j and names the variable', (environment, message) => {
  expect(() => refuseProduction('The double', environment)).toThrow(RefusedInProduction);
  expect(() => refuseProduction('The double', environment)).toThrow(message);
});

test.each([{}, { ENVIRONMENT: '' }, { ENVIRONMENT: 'development' }, { ENVIRONMENT: 'test', NODE_ENV: 'test' }])(
  'a double starts with %j',
  (environment) => {
    expect(() => refuseProduction('The double', environment)).not.toThrow();
  },
);
