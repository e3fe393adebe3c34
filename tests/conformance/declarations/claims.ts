import { type Claims, claimsOf } from '../../src/index.ts';
import type { Scenario } from '../scenario.ts';

const now = () => Math.floor(Date.now() / 1000);

/** Claims of a good token with something wrong, as a door would hand them on after the signature was found good. */
export const wrongClaims: [rule: string, overrides: () => Claims][] = [
  ['without an exp', () => ({ exp: undefined })],
  ['expired', () => ({ exp: now() - 1 })],
  ['with an exp that is no number', () => ({ exp: 'tomorrow' })],
  ['without an aud', () => ({ aud: undefined })],
  ['for another audience', () => ({ aud: 'another-product' })],
  ['for a list of other audiences', () => ({ aud: ['another-product'] })],
  ['with an object for an audience', () => ({ aud: { 'motion-mavericks': true } })],
  ['without an issuer', () => ({ iss: undefined })],
  ['of a foreign issuer', () => ({ iss: 'https://identity.test.evil.example' })],
  ['without an azp', () => ({ azp: undefined })],
  ['of a foreign azp', () => ({ azp: 'https://evil.example' })],
  ['with an nbf in the future', () => ({ nbf: now() + 600 })],
  ['with an nbf that is no number', () => ({ nbf: 'now' })],
  ['whose sign-in is pending', () => ({ sts: 'pending' })],
  ['without a subject', () => ({ sub: undefined })],
  ['with an empty subject', () => ({ sub: '' })],
  ['with a number for a subject', () => ({ sub: 42 })],
  ['without a session', () => ({ sid: undefined })],
  ['with an empty session', () => ({ sid: '' })],
  ['that names another role', () => ({ role: 'mm_admin' })],
  ['that names no role', () => ({ role: undefined })],
];

function check(claims: string): string {
  return `do $do$ begin
    perform set_config('request.jwt.claims', '${claims.replaceAll("'", "''")}', true);
    set local role mm_coach;
    perform authz.check_request();
  end $do$`;
}

export const claimScenarios: Scenario[] = [
  {
    rule: 'a good token passes',
    as: 'superuser',
    statement: () => check(JSON.stringify(claimsOf('amelia'))),
    answer: 'done',
  },
  ...wrongClaims.map(
    ([rule, overrides]): Scenario => ({
      rule: `a token ${rule} is refused`,
      as: 'superuser',
      statement: () => check(JSON.stringify(claimsOf('amelia', overrides()))),
      answer: '401 auth.token_invalid',
    }),
  ),
  ...['', 'null', '[]', '"mm_coach"', 'no json'].map(
    (claims): Scenario => ({
      rule: `a token whose claims are ${claims === '' ? 'empty' : claims} is refused`,
      as: 'superuser',
      statement: () => check(claims),
      answer: '401 auth.token_invalid',
    }),
  ),
  {
    rule: 'somebody suspended is refused',
    as: 'superuser',
    statement: () =>
      check(JSON.stringify(claimsOf('amelia'))).replace(
        'begin',
        `begin update app.profiles set suspended_at = now() where subject = 'user_amelia_hart';`,
      ),
    answer: '403 auth.suspended',
  },
  {
    rule: 'a token of a session that was ended is refused',
    as: 'superuser',
    statement: () =>
      check(JSON.stringify(claimsOf('amelia', { sid: 'ended' }))).replace(
        'begin',
        `begin insert into authz.sessions (id, denied_at, denied_by, deny_reason) select 'ended', now(), id, 'Stolen' from app.profiles limit 1;`,
      ),
    answer: '401 auth.session_denied',
  },
  {
    rule: 'a role that was taken away is gone at once, whatever the token says',
    as: 'superuser',
    statement: () =>
      check(JSON.stringify(claimsOf('amelia'))).replace(
        'begin',
        `begin update app.profiles set role = 'auditor', role_assigned_at = now() where subject = 'user_amelia_hart';`,
      ),
    answer: '403 auth.role_changed',
  },
  {
    rule: 'a token of a person without a role is not taken for nobody',
    as: 'superuser',
    statement: () => check(JSON.stringify(claimsOf('amelia', { role: undefined }))).replace('mm_coach', 'mm_anon'),
    answer: '401 auth.token_invalid',
  },
];
