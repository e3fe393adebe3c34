import { object } from '../declare.ts';
import type { Key, Scenario } from '../scenario.ts';

const run = `id kind video_id share_token_id cut_id started_at acted_at token_expires_at mint_ms manifest_ms segment_ms outcome error
             ended_at`;
const readers = { operator: 'all', admin: 'all', auditor: 'all' } as const;

/** Runs of the canary: tables. */
export const canaryTables = [object('app.canary_runs', { columns: { shown: run }, select: { shown: readers } })];

/** And the views of what revocations do. */
export const canaryViews = [
  object('api.canary_runs', { rowsOf: 'app.canary_runs', columns: { shown: run }, select: { shown: readers } }),
  object('api.revocation_latency', {
    columns: { shown: 'id occurred_at share_token_id revoked_at allowed_after last_token_seconds' },
    select: { shown: { admin: 'all', compliance: 'all', auditor: 'all' } },
  }),
];

/** The worker begins a run on the coach's video, of the kind that is due, and goes on with it as `c`. */
const byWorker = (rule: string, answer: string, kind: 'revoke' | 'cut', ...calls: string[]): Scenario => ({
  rule,
  as: 'superuser',
  answer,
  statement: (key: Key) => `do $$
    declare c record;
    begin
      update app.canary_runs set kind = '${kind === 'cut' ? 'revoke' : 'cut'}';
      select * into c from app.begin_canary(${key('app.videos')});
      ${calls.map((call) => `perform ${call};`).join('\n      ')}
    end $$`,
});
const act = `app.act_canary(c.run_id, now() + interval '5 minutes')`;
const finish = 'app.finish_canary(c.run_id, 3, 240000, 240100)';

export const canaryScenarios: Scenario[] = [
  byWorker('a run of the canary revokes and ends', 'done', 'revoke', act, finish),
  byWorker('a run of the canary cuts and ends', 'done', 'cut', act, 'app.finish_canary(c.run_id, 3, 900, 950)'),
  byWorker('a run of the canary acts once', '404 canary.not_found', 'revoke', act, act),
  byWorker('a run of the canary ends once', '404 canary.not_found', 'revoke', act, finish, finish),
  byWorker('a run of the canary that cuts acts once', '404 canary.not_found', 'cut', act, act),
  {
    rule: 'the canary cuts no video that is being cut off',
    as: 'superuser',
    answer: '409 cut.under_way',
    statement: (key) => `do $$
      declare c record;
      begin
        update app.canary_runs set kind = 'revoke';
        select * into c from app.begin_canary(${key('app.videos')});
        update app.mux_assets set playback_id = null where id = ${key('app.mux_assets')};
        perform ${act};
      end $$`,
  },
  {
    rule: 'the probe video is ready',
    as: 'superuser',
    answer: '409 video.not_ready',
    statement: (key) => `do $$ begin
      update app.videos set status = 'deleted' where id = ${key('app.videos')};
      perform app.begin_canary(${key('app.videos')});
    end $$`,
  },
  {
    rule: 'the bound is looked at over 1 to 365 days',
    as: 'mm_operator',
    answer: '422 request.invalid',
    statement: () => 'select * from api.revocation_bound(0)',
  },
  {
    rule: 'a stranger does not look at the bound',
    as: 'superuser',
    answer: '403 auth.forbidden',
    statement: () => `do $$ begin
      perform set_config('request.jwt.claims', '{"sub": "user_stranger"}', true);
      set local role mm_operator;
      perform api.revocation_bound();
    end $$`,
  },
  {
    rule: 'the probe video exists',
    as: 'mm_service',
    answer: '404 video.not_found',
    statement: () => `select app.begin_canary('01900000-0000-7000-8000-000000000000')`,
  },
];
