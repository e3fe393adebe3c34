import {
  AlertOutlined,
  AuditOutlined,
  BarChartOutlined,
  ClockCircleOutlined,
  CloudUploadOutlined,
  DashboardOutlined,
  FieldTimeOutlined,
  FlagOutlined,
  KeyOutlined,
  LinkOutlined,
  NotificationOutlined,
  PlayCircleOutlined,
  QuestionCircleOutlined,
  SafetyOutlined,
  StopOutlined,
  SwapOutlined,
  TeamOutlined,
  UserDeleteOutlined,
  UserOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons';
import type { ResourceProps } from '@refinedev/core';
import type { ReactNode } from 'react';
import { text } from '../locales/index.ts';
import { isOffered, type ResourceName } from '../providers/access/index.ts';
import type { Role } from '../providers/auth/index.ts';

/** What a place is for, in the order in which the navigation shows them; the start page is in none. */
export const placeGroups = ['work', 'safety', 'operations', 'account'] as const;
export type PlaceGroup = (typeof placeGroups)[number];

export type Place = {
  resource: ResourceName;
  group?: PlaceGroup;
  path: string;
  /** Also under `${path}/:id`. */
  hasShow: boolean;
  label: (role: Role) => string;
  icon: ReactNode;
};

/** The one registry of places; routes, navigation, breadcrumbs and Refine's resources all come from it. */
export const places: readonly Place[] = [
  {
    resource: 'dashboard',
    path: '/',
    hasShow: false,
    label: () => text.nav.dashboard,
    icon: <DashboardOutlined />,
  },
  {
    resource: 'videos',
    group: 'work',
    path: '/videos',
    hasShow: true,
    label: () => text.nav.videos,
    icon: <VideoCameraOutlined />,
  },
  {
    resource: 'share_tokens',
    group: 'work',
    path: '/share-links',
    hasShow: true,
    label: () => text.nav.shareLinks,
    icon: <LinkOutlined />,
  },
  {
    resource: 'playback_sessions',
    group: 'work',
    path: '/plays',
    hasShow: false,
    label: () => text.nav.plays,
    icon: <BarChartOutlined />,
  },
  {
    resource: 'revocations',
    group: 'safety',
    path: '/revocations',
    hasShow: true,
    label: () => text.nav.revocations,
    icon: <StopOutlined />,
  },
  {
    resource: 'explanations',
    group: 'safety',
    path: '/why',
    hasShow: false,
    label: () => text.nav.why,
    icon: <QuestionCircleOutlined />,
  },
  {
    resource: 'playback_decisions',
    group: 'safety',
    path: '/playback-decisions',
    hasShow: false,
    label: () => text.nav.decisions,
    icon: <PlayCircleOutlined />,
  },
  {
    resource: 'audit_entries',
    group: 'safety',
    path: '/audit-log',
    hasShow: true,
    // A coach sees what concerns their own things, which is no log of the house.
    label: (role) => (role === 'coach' ? text.nav.activity : text.nav.audit),
    icon: <AuditOutlined />,
  },
  {
    resource: 'alerts',
    group: 'operations',
    path: '/alerts',
    hasShow: false,
    label: () => text.nav.alerts,
    icon: <AlertOutlined />,
  },
  {
    resource: 'webhook_events',
    group: 'operations',
    path: '/webhook-events',
    hasShow: true,
    label: () => text.nav.webhooks,
    icon: <NotificationOutlined />,
  },
  {
    resource: 'upload_progress',
    group: 'operations',
    path: '/uploads',
    hasShow: true,
    label: () => text.nav.uploads,
    icon: <CloudUploadOutlined />,
  },
  {
    resource: 'reconciliation_runs',
    group: 'operations',
    path: '/reconciliation',
    hasShow: true,
    label: () => text.nav.reconciliation,
    icon: <SwapOutlined />,
  },
  {
    resource: 'rate_limits',
    group: 'operations',
    path: '/rate-limits',
    hasShow: false,
    label: () => text.nav.rateLimits,
    icon: <SafetyOutlined />,
  },
  {
    resource: 'job_runs',
    group: 'operations',
    path: '/jobs',
    hasShow: false,
    label: () => text.nav.jobs,
    icon: <ClockCircleOutlined />,
  },
  {
    resource: 'canary_runs',
    group: 'operations',
    path: '/revocation-bound',
    hasShow: false,
    label: () => text.nav.bound,
    icon: <FieldTimeOutlined />,
  },
  {
    resource: 'keys',
    group: 'operations',
    path: '/keys',
    hasShow: false,
    label: () => text.nav.keys,
    icon: <KeyOutlined />,
  },
  {
    resource: 'feature_flags',
    group: 'operations',
    path: '/flags',
    hasShow: false,
    label: () => text.nav.flags,
    icon: <FlagOutlined />,
  },
  {
    resource: 'erasure_requests',
    group: 'safety',
    path: '/erasures',
    hasShow: true,
    label: () => text.nav.erasures,
    icon: <UserDeleteOutlined />,
  },
  {
    resource: 'profiles',
    group: 'account',
    path: '/people',
    hasShow: true,
    label: () => text.nav.people,
    icon: <TeamOutlined />,
  },
  {
    resource: 'my_account',
    group: 'account',
    path: '/account',
    hasShow: false,
    label: () => text.nav.myAccount,
    icon: <UserOutlined />,
  },
];

export function placesOf(role: Role): Place[] {
  return places.filter((place) => isOffered(role, place.resource, 'list'));
}

export type NavigationGroup = { group: PlaceGroup | undefined; places: readonly Place[] };

/** So few places are found at a glance: headings would be as many as what they head. */
const ungroupedUpTo = 6;

/** The places of a role as its navigation shows them. */
export function navigationOf(role: Role): NavigationGroup[] {
  const own = placesOf(role);
  if (own.length <= ungroupedUpTo) return [{ group: undefined, places: own }];
  return [undefined, ...placeGroups]
    .map((group) => ({ group, places: own.filter((place) => place.group === group) }))
    .filter(({ places: held }) => held.length > 0);
}

export const refineResources: ResourceProps[] = places.map(({ resource, path, hasShow }) => ({
  name: resource,
  list: path,
  ...(hasShow ? { show: `${path}/:id` } : {}),
}));
