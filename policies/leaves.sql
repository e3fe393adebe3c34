-- An admin, compliance staff and an auditor see where every entry is sealed.
-- A coach sees where the entries about what is theirs are sealed.
-- Nobody writes a leaf directly: audit.seal_entries() does.

revoke all on audit.leaves from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (batch_no, leaf_index, entry_id, occurred_at) on audit.leaves to mm_coach;
grant select on audit.leaves to mm_admin, mm_compliance, mm_auditor;

-- An admin, compliance staff and an auditor see where every entry is sealed.
drop policy if exists leaves_select_staff on audit.leaves;
create policy leaves_select_staff on audit.leaves for select
  to mm_admin, mm_compliance, mm_auditor
  using (true);

-- A coach sees where the entries about what is theirs are sealed.
drop policy if exists leaves_select_coach on audit.leaves;
create policy leaves_select_coach on audit.leaves for select
  to mm_coach
  using (owner_id = (select authz.profile_id()));
