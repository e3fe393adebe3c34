import { expect, it } from 'vitest';
import { roles } from '../auth/account.ts';
import { createAccessProvider, isOffered } from './index.ts';

const resources = [
  'videos',
  'share_tokens',
  'revocations',
  'explanations',
  'playback_decisions',
  'audit_entries',
  'webhook_events',
  'upload_progress',
  'rate_limits',
  'job_runs',
  'reconciliation_runs',
  'canary_runs',
  'keys',
];
const listsOf = (role: (typeof roles)[number]) => resources.filter((resource) => isOffered(role, resource, 'list'));

it('each role is offered its own pages and no others', () => {
  expect(Object.fromEntries(roles.map((role) => [role, listsOf(role)]))).toEqual({
    coach: ['videos', 'share_tokens', 'revocations', 'explanations', 'audit_entries'],
    admin: [
      'videos',
      'share_tokens',
      'revocations',
      'explanations',
      'playback_decisions',
      'audit_entries',
      'webhook_events',
      'rate_limits',
      'job_runs',
      'reconciliation_runs',
      'canary_runs',
      'keys',
    ],
    compliance: ['audit_entries'],
    operator: [
      'webhook_events',
      'upload_progress',
      'rate_limits',
      'job_runs',
      'reconciliation_runs',
      'canary_runs',
      'keys',
    ],
    auditor: ['audit_entries', 'canary_runs'],
  });
});

it('only a coach is offered to upload', () => {
  expect(roles.filter((role) => isOffered(role, 'videos', 'create'))).toEqual(['coach']);
});

it('only coaches and admins are offered to revoke', () => {
  expect(roles.filter((role) => isOffered(role, 'share_tokens', 'revoke'))).toEqual(['coach', 'admin']);
});

it('everybody who reads the audit log is offered to export it, but only coaches and admins its personal values', () => {
  const offered = (action: string) => roles.filter((role) => isOffered(role, 'audit_entries', action));
  expect(offered('export')).toEqual(offered('list'));
  expect(offered('disclose')).toEqual(['coach', 'admin']);
});

it('an unknown resource or action is never offered', async () => {
  expect(isOffered('admin', 'constructor', 'list')).toBe(false);
  expect(isOffered('admin', 'videos', 'drop')).toBe(false);
  const { can } = createAccessProvider(async () => 'admin');
  expect(await can({ action: 'list' })).toEqual({ can: false });
});
