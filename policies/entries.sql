-- An admin, compliance staff and an auditor read the whole audit log.
-- A coach reads the entries about what is theirs: their profile, videos, uploads and share links.
-- Nobody writes an entry directly, and nobody changes one.

revoke all on audit.entries from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on audit.entries to mm_coach, mm_admin, mm_compliance, mm_auditor;

-- A coach reads the entries about what is theirs.
drop policy if exists entries_select_coach on audit.entries;
create policy entries_select_coach on audit.entries for select
  to mm_coach
  using (owner_id = (select authz.profile_id()));

-- An admin, compliance staff and an auditor read the whole audit log.
drop policy if exists entries_select_staff on audit.entries;
create policy entries_select_staff on audit.entries for select
  to mm_admin, mm_compliance, mm_auditor
  using (true);
