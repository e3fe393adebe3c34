import type { AccessControlProvider } from '@refinedev/core';
import type { Role } from '../auth/index.ts';

/** What the navigation can lead to. */
export type ResourceName =
  | 'dashboard'
  | 'videos'
  | 'share_tokens'
  | 'revocations'
  | 'explanations'
  | 'playback_decisions'
  | 'playback_sessions'
  | 'audit_entries'
  | 'webhook_events'
  | 'upload_progress'
  | 'rate_limits'
  | 'job_runs'
  | 'reconciliation_runs'
  | 'canary_runs'
  | 'keys'
  | 'profiles'
  | 'erasure_requests'
  | 'alerts'
  | 'feature_flags'
  | 'my_account';

type Grants = Readonly<Partial<Record<ResourceName, readonly string[]>>>;

const look = ['list', 'show'] as const;

/** Where everybody begins, and what is one's own. */
const everybody: Grants = { dashboard: ['list'], my_account: ['list'] };

/** What operators and admins see and do alike. */
const operations: Grants = {
  alerts: [...look, 'settle'],
  webhook_events: [...look, 'replay', 'discard'],
  rate_limits: look,
  job_runs: look,
  reconciliation_runs: look,
  canary_runs: look,
  keys: [...look, 'rotate'],
  feature_flags: [...look, 'change'],
};

/**
 * What each role is offered (AD-01). It decides what is shown, nothing else: the database decides again, by row-level
 * security, whatever a browser asks for.
 */
const grants: Readonly<Record<Role, Grants>> = {
  coach: {
    ...everybody,
    videos: [...look, 'create', 'edit', 'preview', 'cut'],
    share_tokens: [...look, 'create', 'edit', 'revoke'],
    playback_sessions: [...look, 'export'],
    revocations: look,
    explanations: ['list'],
    audit_entries: [...look, 'export', 'disclose'],
  },
  admin: {
    ...everybody,
    profiles: [...look, 'manage'],
    videos: [...look, 'edit', 'preview', 'cut'],
    share_tokens: [...look, 'create', 'edit', 'revoke'],
    playback_sessions: [...look, 'export'],
    revocations: look,
    explanations: ['list'],
    playback_decisions: look,
    audit_entries: [...look, 'export', 'disclose'],
    ...operations,
  },
  compliance: { ...everybody, erasure_requests: [...look, 'decide'], audit_entries: [...look, 'export'] },
  auditor: { ...everybody, audit_entries: [...look, 'export'], canary_runs: look, feature_flags: look },
  operator: { ...everybody, ...operations, upload_progress: look },
};

export function isOffered(role: Role, resource: string, action: string): boolean {
  const own = grants[role];
  return Object.hasOwn(own, resource) && (own[resource as ResourceName]?.includes(action) ?? false);
}

/** Refine's access control over the same table. */
export function createAccessProvider(roleOf: () => Promise<Role>): AccessControlProvider {
  return {
    can: async ({ resource, action }) => ({ can: isOffered(await roleOf(), resource ?? '', action) }),
    options: { buttons: { enableAccessControl: true, hideIfUnauthorized: true } },
  };
}
