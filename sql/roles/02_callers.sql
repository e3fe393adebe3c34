-- The roles a caller can have (DESIGN, Roles). None can log in: a door becomes one of them for the time of one transaction.
-- They are members of nothing and inherit nothing, so that what a role may do is exactly what the policies grant to it.
do $$
declare
  caller text;
begin
  foreach caller in array array['mm_anon', 'mm_coach', 'mm_admin', 'mm_compliance', 'mm_operator', 'mm_auditor'] loop
    if to_regrole(caller) is null then
      execute format('create role %I nologin noinherit', caller);
    end if;
  end loop;
end
$$;

comment on role mm_anon is 'Motion Mavericks: a request without a token; may do nothing but what is declared public.';
comment on role mm_coach is 'Motion Mavericks: a coach; sees and shares their own videos.';
comment on role mm_admin is 'Motion Mavericks: an administrator; all videos and share links, people, the audit log.';
comment on role mm_compliance is 'Motion Mavericks: compliance staff; the audit log and the playback record.';
comment on role mm_operator is 'Motion Mavericks: operations; the webhook inbox, no video content, no personal data.';
comment on role mm_auditor is 'Motion Mavericks: an outside auditor; reads the audit log and the playback record, writes nothing.';

-- A runaway query ends before it hurts. PostgREST applies these to every request that takes the role; the api's own login has its
-- own limits (03_doors.sql).
alter role mm_anon set statement_timeout = '3s';
alter role mm_coach set statement_timeout = '5s';
alter role mm_admin set statement_timeout = '10s';
alter role mm_compliance set statement_timeout = '10s';
alter role mm_operator set statement_timeout = '10s';
alter role mm_auditor set statement_timeout = '10s';
