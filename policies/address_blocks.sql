-- An operator and an admin read which addresses are and were blocked.
-- Nobody writes a block directly: api.block_address() and api.lift_address_block() do.

revoke all on app.address_blocks from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant select on app.address_blocks to mm_operator, mm_admin;

-- An operator and an admin read which addresses are and were blocked.
drop policy if exists address_blocks_select_staff on app.address_blocks;
create policy address_blocks_select_staff on app.address_blocks for select
  to mm_operator, mm_admin
  using (true);
