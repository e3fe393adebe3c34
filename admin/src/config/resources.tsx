import {
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
  UserOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons';
import type { ResourceProps } from '@refinedev/core';
import type { ReactNode } from 'react';
import { text } from '../locales/index.ts';
import { isOffered, type ResourceName } from '../providers/access/index.ts';
import type { Role } from '../providers/auth/index.ts';

export type Place = {
  resource: ResourceName;
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
  { resource: 'videos', path: '/videos', hasShow: true, label: () => text.nav.videos, icon: <VideoCameraOutlined /> },
  {
    resource: 'share_tokens',
    path: '/share-links',
    hasShow: true,
    label: () => text.nav.shareLinks,
    icon: <LinkOutlined />,
  },
  {
    resource: 'playback_sessions',
    path: '/plays',
    hasShow: false,
    label: () => text.nav.plays,
    icon: <BarChartOutlined />,
  },
  {
    resource: 'revocations',
    path: '/revocations',
    hasShow: true,
    label: () => text.nav.revocations,
    icon: <StopOutlined />,
  },
  {
    resource: 'explanations',
    path: '/why',
    hasShow: false,
    label: () => text.nav.why,
    icon: <QuestionCircleOutlined />,
  },
  {
    resource: 'playback_decisions',
    path: '/playback-decisions',
    hasShow: false,
    label: () => text.nav.decisions,
    icon: <PlayCircleOutlined />,
  },
  {
    resource: 'audit_entries',
    path: '/audit-log',
    hasShow: true,
    // A coach sees what concerns their own things, which is no log of the house.
    label: (role) => (role === 'coach' ? text.nav.activity : text.nav.audit),
    icon: <AuditOutlined />,
  },
  {
    resource: 'webhook_events',
    path: '/webhook-events',
    hasShow: true,
    label: () => text.nav.webhooks,
    icon: <NotificationOutlined />,
  },
  {
    resource: 'upload_progress',
    path: '/uploads',
    hasShow: true,
    label: () => text.nav.uploads,
    icon: <CloudUploadOutlined />,
  },
  {
    resource: 'reconciliation_runs',
    path: '/reconciliation',
    hasShow: true,
    label: () => text.nav.reconciliation,
    icon: <SwapOutlined />,
  },
  {
    resource: 'rate_limits',
    path: '/rate-limits',
    hasShow: false,
    label: () => text.nav.rateLimits,
    icon: <SafetyOutlined />,
  },
  { resource: 'job_runs', path: '/jobs', hasShow: false, label: () => text.nav.jobs, icon: <ClockCircleOutlined /> },
  {
    resource: 'canary_runs',
    path: '/revocation-bound',
    hasShow: false,
    label: () => text.nav.bound,
    icon: <FieldTimeOutlined />,
  },
  { resource: 'keys', path: '/keys', hasShow: false, label: () => text.nav.keys, icon: <KeyOutlined /> },
  { resource: 'profiles', path: '/people', hasShow: true, label: () => text.nav.people, icon: <TeamOutlined /> },
  { resource: 'feature_flags', path: '/flags', hasShow: false, label: () => text.nav.flags, icon: <FlagOutlined /> },
  { resource: 'my_account', path: '/account', hasShow: false, label: () => text.nav.myAccount, icon: <UserOutlined /> },
];

export function placesOf(role: Role): Place[] {
  return places.filter((place) => isOffered(role, place.resource, 'list'));
}

export const refineResources: ResourceProps[] = places.map(({ resource, path, hasShow }) => ({
  name: resource,
  list: path,
  ...(hasShow ? { show: `${path}/:id` } : {}),
}));
