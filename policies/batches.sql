-- Whoever reads entries reads the batches that they are sealed in: they hold hashes and times only.
-- Nobody writes a batch directly: audit.seal_entries() does.

revoke all on audit.batches from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select (no, size, entries, root, previous, hash, sealed_at)
  on audit.batches to mm_coach, mm_admin, mm_compliance, mm_auditor;

-- Whoever reads entries reads the batches that they are sealed in: they hold hashes and times only.
drop policy if exists batches_select_readers on audit.batches;
create policy batches_select_readers on audit.batches for select
  to mm_coach, mm_admin, mm_compliance, mm_auditor
  using (true);
