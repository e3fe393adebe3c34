-- Everybody who is signed in reads their own sessions.
-- An admin reads every session.
-- Nobody writes a session directly: api.sign_in() remembers it, api.deny_session() ends it.

revoke all on authz.sessions from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on authz.sessions to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

-- Everybody who is signed in reads their own sessions.
drop policy if exists sessions_select_own on authz.sessions;
create policy sessions_select_own on authz.sessions for select
  to mm_coach, mm_compliance, mm_operator, mm_auditor
  using (profile_id = (select authz.profile_id()));

-- An admin reads every session.
drop policy if exists sessions_select_admin on authz.sessions;
create policy sessions_select_admin on authz.sessions for select
  to mm_admin
  using (true);
