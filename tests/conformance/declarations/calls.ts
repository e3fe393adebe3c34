import type { Relation, Role } from '../declare.ts';

/** `done`, or the status and the stable code of the refusal. */
export type CallOutcome = 'done' | `${number} ${string}`;

/**
 * A function that acts on a row, called on each caller's own row, on somebody else's, and (`nobody`) on one that does not exist. Who
 * is not named here may not execute it at all.
 */
export type DeclaredCall = {
  rule: string;
  name: string;
  /** The table of the row, whose key `argument` takes; null for a function that is about the caller alone. */
  on: { table: string; argument: string } | null;
  values: Record<string, unknown>;
  /** Whether it takes, as `version`, the version of the row as its caller sees it. */
  versioned?: true;
  outcomes: Partial<Record<Role, Partial<Record<Relation, CallOutcome>>>>;
};

const inSixDays = new Date(Date.now() + 6 * 86_400_000).toISOString();

const unknownVideo = '404 video.not_found';

/** In an order in which each call still finds what it needs: whatever ends a row comes last. */
export const declaredCalls: DeclaredCall[] = [
  {
    rule: 'everybody who is signed in makes or refreshes their own profile',
    name: 'api.sign_in',
    on: null,
    values: {},
    outcomes: {
      mm_coach: { own: 'done' },
      mm_admin: { own: 'done' },
      mm_compliance: { own: 'done' },
      mm_operator: { own: 'done' },
      mm_auditor: { own: 'done' },
    },
  },
  {
    rule: 'only a coach begins an upload, and only for themself',
    name: 'api.request_upload',
    on: null,
    values: {
      title: 'Squat',
      description: null,
      file_name: 'squat.mp4',
      file_size_bytes: 1000,
      content_type: 'video/mp4',
    },
    outcomes: { mm_coach: { own: 'done' } },
  },
  {
    rule: 'only a coach has a quota of uploads, and sees only their own',
    name: 'api.upload_quota',
    on: null,
    values: {},
    outcomes: { mm_coach: { own: 'done' } },
  },
  {
    rule: 'a coach goes on with their own uploads only',
    name: 'api.resume_upload',
    on: { table: 'app.upload_jobs', argument: 'upload_job_id' },
    values: {},
    outcomes: { mm_coach: { own: 'done', other: '404 upload.not_found', nobody: '404 upload.not_found' } },
  },
  {
    rule: 'an operator reads the story of any upload',
    name: 'api.upload_timeline',
    on: { table: 'app.upload_jobs', argument: 'upload_job_id' },
    values: {},
    outcomes: { mm_operator: { own: 'done', other: 'done', nobody: '404 upload.not_found' } },
  },
  {
    rule: 'the owner of a video and an admin may watch it without a link',
    name: 'api.decide_preview',
    on: { table: 'app.videos', argument: 'video_id' },
    values: { token_ttl_seconds: 60 },
    outcomes: {
      mm_coach: { own: 'done', other: unknownVideo, nobody: unknownVideo },
      mm_admin: { own: 'done', other: 'done', nobody: unknownVideo },
    },
  },
  {
    rule: 'the owner of a video and an admin make share links',
    name: 'api.create_share_token',
    on: { table: 'app.videos', argument: 'video_id' },
    values: { label: 'For the team' },
    outcomes: {
      mm_coach: { own: 'done', other: unknownVideo, nobody: unknownVideo },
      mm_admin: { own: 'done', other: 'done', nobody: unknownVideo },
    },
  },
  {
    rule: 'the owner of a video and an admin are told why it could be watched',
    name: 'api.explain_playback',
    on: { table: 'app.videos', argument: 'of_video_id' },
    values: { from_at: '2026-05-03T00:00:00Z', before_at: '2026-05-04T00:00:00Z' },
    outcomes: {
      mm_coach: { own: 'done', other: unknownVideo, nobody: unknownVideo },
      mm_admin: { own: 'done', other: 'done', nobody: unknownVideo },
    },
  },
  {
    rule: 'the owner of a video and an admin see what a cut would meet',
    name: 'api.preview_cut',
    on: { table: 'app.videos', argument: 'video_id' },
    values: {},
    outcomes: {
      mm_coach: { own: 'done', other: unknownVideo, nobody: unknownVideo },
      mm_admin: { own: 'done', other: 'done', nobody: unknownVideo },
    },
  },
  {
    rule: 'a coach cancels their own uploads only',
    name: 'api.cancel_upload',
    on: { table: 'app.upload_jobs', argument: 'upload_job_id' },
    values: {},
    outcomes: { mm_coach: { own: 'done', other: '404 upload.not_found', nobody: '404 upload.not_found' } },
  },
  ...[
    { rule: 'change', name: 'api.update_share_token', values: { label: 'For the club' } },
    { rule: 'extend', name: 'api.extend_share_token', values: { expires_at: inSixDays } },
    { rule: 'rotate', name: 'api.rotate_share_token', values: {} },
  ].map(
    ({ rule, name, values }): DeclaredCall => ({
      rule: `the owner of a share link and an admin ${rule} it`,
      name,
      versioned: true,
      on: { table: 'app.share_tokens', argument: 'id' },
      values,
      outcomes: {
        mm_coach: { own: 'done', other: '404 share.not_found', nobody: '404 share.not_found' },
        mm_admin: { own: 'done', other: 'done', nobody: '404 share.not_found' },
      },
    }),
  ),
  {
    rule: 'the story of a video is for its owner and an admin',
    name: 'api.video_timeline',
    on: { table: 'app.videos', argument: 'video_id' },
    values: {},
    outcomes: {
      mm_coach: { own: 'done', other: unknownVideo, nobody: unknownVideo },
      mm_admin: { own: 'done', other: 'done', nobody: unknownVideo },
    },
  },
  {
    rule: 'what hangs on an account is for an admin to see',
    name: 'api.profile_reach',
    on: { table: 'app.profiles', argument: 'profile_id' },
    values: {},
    outcomes: { mm_admin: { own: 'done', other: 'done', nobody: '404 profile.not_found' } },
  },
  ...['api.retention_curve', 'api.plays_over_time'].map(
    (name): DeclaredCall => ({
      rule: `what was watched of a video is for its owner and an admin: ${name}`,
      name,
      on: { table: 'app.videos', argument: 'video_id' },
      values: {},
      outcomes: {
        mm_coach: { own: 'done', other: unknownVideo, nobody: unknownVideo },
        mm_admin: { own: 'done', other: 'done', nobody: unknownVideo },
      },
    }),
  ),
  ...['api.retention_curve', 'api.plays_over_time'].map(
    (name): DeclaredCall => ({
      rule: `what was watched by a link is for its owner and an admin: ${name}`,
      name,
      on: { table: 'app.share_tokens', argument: 'share_token_id' },
      values: {},
      outcomes: {
        mm_coach: { own: 'done', other: '404 share.not_found', nobody: '404 share.not_found' },
        mm_admin: { own: 'done', other: 'done', nobody: '404 share.not_found' },
      },
    }),
  ),
  {
    rule: 'everybody marks notices to themself as read, and no others',
    name: 'api.mark_notification_read',
    on: { table: 'app.notifications', argument: 'notification_id' },
    values: {},
    outcomes: Object.fromEntries(
      (['mm_coach', 'mm_admin', 'mm_compliance', 'mm_operator', 'mm_auditor'] as const).map((role) => [
        role,
        { own: 'done', other: '404 notification.not_found', nobody: '404 notification.not_found' },
      ]),
    ),
  },
  {
    rule: 'everybody deletes views that they saved, and no others',
    name: 'api.delete_view',
    on: { table: 'app.saved_views', argument: 'view_id' },
    values: {},
    outcomes: Object.fromEntries(
      (['mm_coach', 'mm_admin', 'mm_compliance', 'mm_operator', 'mm_auditor'] as const).map((role) => [
        role,
        { own: 'done', other: '404 view.not_found', nobody: '404 view.not_found' },
      ]),
    ),
  },
  {
    rule: 'a share link that lives is not restored',
    name: 'api.restore_share_token',
    on: { table: 'app.share_tokens', argument: 'id' },
    values: { reason: 'It was the right person' },
    outcomes: {
      mm_coach: { own: '409 share.not_ended', other: '404 share.not_found', nobody: '404 share.not_found' },
      mm_admin: { own: '409 share.not_ended', other: '409 share.not_ended', nobody: '404 share.not_found' },
    },
  },
  {
    rule: 'the owner of a share link and an admin revoke it',
    name: 'api.revoke_share_token',
    on: { table: 'app.share_tokens', argument: 'id' },
    values: { reason: 'Wrong person' },
    outcomes: {
      mm_coach: { own: 'done', other: '404 share.not_found', nobody: '404 share.not_found' },
      mm_admin: { own: 'done', other: 'done', nobody: '404 share.not_found' },
    },
  },
];
