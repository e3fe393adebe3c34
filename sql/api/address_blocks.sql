create view api.address_blocks with (security_invoker = true) as
select b.id, encode(b.address_hash, 'hex') as address, b.reason, b.blocked_by, b.blocked_at, b.expires_at, b.lifted_at,
       b.lifted_by, b.lift_reason
from app.address_blocks b;

comment on view api.address_blocks is 'Addresses that are and were blocked, by their keyed hash; for operators and admins.';
grant select on api.address_blocks to mm_operator, mm_admin;

-- Shuts an address out of the public routes until a moment, and lets it in again; with a reason, and an entry of the audit log (RL-09).
-- `address` is the keyed hash in hex, as api.limit_offenders() shows it. The api heeds it within 30 seconds.
create function api.block_address(address text, expires_at timestamptz, reason text, out id uuid, out blocked_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
begin
  perform app.refuse_fields(
    app.block_errors(block_address.address, block_address.expires_at) || app.reason_errors(block_address.reason));
  -- Two who block the same address at once: the second is told of the first.
  perform pg_advisory_xact_lock(hashtextextended('address block ' || block_address.address, 0));
  if exists (
    select from app.address_blocks b
    where b.address_hash = decode(block_address.address, 'hex') and b.lifted_at is null and b.expires_at > now()
  ) then
    perform app.fail(409, 'block.already_placed', 'This address is blocked already.');
  end if;
  perform audit.explain('address_block.placed', btrim(block_address.reason));
  insert into app.address_blocks as b (address_hash, reason, blocked_by, expires_at)
  values (decode(block_address.address, 'hex'), btrim(block_address.reason), me, block_address.expires_at)
  returning b.id, b.blocked_at into block_address.id, block_address.blocked_at;
  perform audit.explain();
end
$$;

create function api.lift_address_block(block_id uuid, reason text, out id uuid, out lifted_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  known app.address_blocks;
begin
  perform app.refuse_fields(app.reason_errors(lift_address_block.reason));
  select b.* into known from app.address_blocks b where b.id = block_id for no key update;
  if not found then
    perform app.fail(404, 'block.not_found', 'There is no such block.');
  end if;
  if known.lifted_at is not null or known.expires_at <= now() then
    perform app.fail(409, 'block.ended', 'This block has ended before.');
  end if;
  perform audit.explain('address_block.lifted', btrim(lift_address_block.reason));
  update app.address_blocks b set lifted_at = now(), lifted_by = me, lift_reason = btrim(lift_address_block.reason)
  where b.id = known.id
  returning b.id, b.lifted_at into lift_address_block.id, lift_address_block.lifted_at;
  perform audit.explain();
end
$$;

comment on function api.block_address(text, timestamptz, text) is 'Shuts an address out of the public routes until a moment, 30 days away at the most.';
comment on function api.lift_address_block(uuid, text) is 'Lets a blocked address in again.';
grant execute on function api.block_address(text, timestamptz, text), api.lift_address_block(uuid, text) to mm_operator, mm_admin;
