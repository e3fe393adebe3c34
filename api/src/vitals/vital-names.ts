/** Core Web Vitals: when the largest part of a page was painted, how long its slowest interaction took, how much it shifted. */
export const vitalNames = ['LCP', 'INP', 'CLS'] as const;
export type VitalName = (typeof vitalNames)[number];

export const measuredApps = ['admin', 'viewer'] as const;
export type MeasuredApp = (typeof measuredApps)[number];

/** The pages that are told apart, as patterns: an address of a page never leaves the browser. */
export const measuredRoutes = {
  admin: [
    '/',
    '/sign-in',
    '/alerts',
    '/audit-log',
    '/audit-log/:id',
    '/erasures',
    '/erasures/:id',
    '/flags',
    '/jobs',
    '/keys',
    '/account',
    '/people',
    '/people/:id',
    '/playback-decisions',
    '/plays',
    '/rate-limits',
    '/reconciliation',
    '/reconciliation/:id',
    '/revocation-bound',
    '/revocations',
    '/revocations/:id',
    '/share-links',
    '/share-links/:id',
    '/uploads',
    '/uploads/:id',
    '/videos',
    '/videos/:id',
    '/webhook-events',
    '/webhook-events/:id',
    '/why',
  ],
  viewer: ['/s/:publicId', '/s/:publicId?embed'],
} as const satisfies Record<MeasuredApp, readonly string[]>;

export type MeasuredRoute = (typeof measuredRoutes)[MeasuredApp][number];
