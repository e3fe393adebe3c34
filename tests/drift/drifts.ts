/** Changes of a database that went around the repository, each of another kind of fact. */
export const driftsToNotice = [
  { what: 'a column more', statement: 'alter table app.videos add column mood text' },
  { what: 'a column that may be null', statement: 'alter table app.videos alter column title drop not null' },
  { what: 'another default', statement: `alter table app.videos alter column status set default 'ready'` },
  { what: 'another comment', statement: `comment on column app.videos.title is 'Something.'` },
  { what: 'a constraint less', statement: 'alter table app.videos drop constraint videos_title_check' },
  { what: 'an index less', statement: 'drop index app.videos_created_at_idx' },
  { what: 'a policy that lets everybody in', statement: 'alter policy videos_select_coach on app.videos using (true)' },
  { what: 'a policy for another role', statement: 'alter policy videos_select_coach on app.videos to mm_operator' },
  { what: 'row-level security that is not forced', statement: 'alter table app.videos no force row level security' },
  { what: 'a trigger that is switched off', statement: 'alter table app.videos disable trigger tg_videos__keep' },
  { what: 'a grant on a table', statement: 'grant select on app.share_tokens to mm_operator' },
  { what: 'a grant on a column', statement: 'grant select (secret_hash) on app.share_tokens to mm_admin' },
  { what: 'a grant on a schema', statement: 'grant usage on schema deploy to mm_service' },
  { what: 'a function for PUBLIC', statement: 'grant execute on function app.receive_webhook to public' },
  { what: 'a function without a search_path', statement: 'alter function authz.profile_id() reset search_path' },
  { what: 'a function with its caller’s rights', statement: 'alter function authz.profile_id() security invoker' },
  { what: 'another volatility', statement: 'alter function authz.profile_id() volatile' },
  {
    what: 'another body',
    statement: `create or replace function authz.subject() returns text language sql stable set search_path = '' as 'select null::text'`,
  },
  { what: 'a view with its owner’s rights', statement: 'alter view api.videos reset (security_invoker)' },
  {
    what: 'a view that shows something else',
    statement: `create or replace view api.me with (security_invoker = true) as
      select p.id, p.subject, 'admin'::text as role, p.email, p.display_name, p.created_at, p.last_seen_at from app.profiles p`,
  },
  { what: 'another owner', statement: 'alter table app.videos owner to mm_service' },
  {
    what: 'privileges by default',
    statement: 'alter default privileges for role mm_owner in schema app grant select on tables to mm_operator',
  },
  { what: 'a table nobody declared', statement: 'create table pgboss.stray ()' },
];
