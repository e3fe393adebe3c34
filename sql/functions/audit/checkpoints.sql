-- The state of the log that is to be signed next, and the size of the newest checkpoint (0: none), for the one signer at a time: no row
-- when somebody else is signing. A log without batches has the size 0 and no root.
create function audit.next_checkpoint()
returns table (size bigint, entries bigint, root bytea, newest_size bigint)
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  if not pg_try_advisory_xact_lock(hashtextextended('mm.audit.checkpoint', 0)) then
    return;
  end if;
  select b.no + 1, b.entries into size, entries from audit.batches b order by b.no desc limit 1;
  size := coalesce(size, 0);
  entries := coalesce(entries, 0);
  root := audit.log_root(size);
  newest_size := coalesce((select max(c.size) from audit.checkpoints c), 0);
  return next;
end
$$;

grant execute on function audit.next_checkpoint() to mm_service;

-- Keeps what was signed. Refuses whatever the log does not say itself: the signer signs what it was given, not what it likes.
create function audit.add_checkpoint(
  size bigint, entries bigint, root bytea, note text, key_id bytea, verifier_key text, signed_at timestamptz
) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  if root is distinct from audit.log_root(size)
     or entries is distinct from (select b.entries from audit.batches b where b.no = add_checkpoint.size - 1) then
    perform app.fail(409, 'audit.checkpoint_wrong', 'The audit log is not in the state that was signed.');
  end if;
  insert into audit.checkpoints (size, entries, root, note, key_id, verifier_key, signed_at)
  values (size, entries, root, note, key_id, verifier_key, signed_at)
  on conflict on constraint checkpoints_pkey do nothing;
end
$$;

grant execute on function audit.add_checkpoint(bigint, bigint, bytea, text, bytea, text, timestamptz) to mm_service;

-- The checkpoints after a size, in order: what a file outside the database lacks; at most so many.
create function audit.checkpoints_after(size bigint, max_checkpoints integer default 1000)
returns table (note text)
language sql stable security definer
set search_path = ''
as $$
  select c.note from audit.checkpoints c where c.size > checkpoints_after.size order by c.size limit max_checkpoints
$$;

grant execute on function audit.checkpoints_after(bigint, integer) to mm_service;

-- The newest checkpoint, for everybody; no row before the first.
create function audit.newest_checkpoint() returns table (size bigint, note text, signed_at timestamptz)
language sql stable security definer
set search_path = ''
as $$
  select c.size, c.note, c.signed_at from audit.checkpoints c order by c.size desc limit 1
$$;

grant execute on function audit.newest_checkpoint() to mm_service;

-- Every verifier key that ever signed, the one in use first. From key to key along the index: there are few keys and many checkpoints.
create function audit.verifier_keys() returns table (verifier_key text)
language sql stable security definer
set search_path = ''
as $$
  with recursive keys as (
    select min(c.verifier_key) as verifier_key from audit.checkpoints c
    union all
    select (select min(c.verifier_key) from audit.checkpoints c where c.verifier_key > k.verifier_key)
    from keys k where k.verifier_key is not null
  )
  select k.verifier_key from keys k where k.verifier_key is not null
  order by (select max(c.size) from audit.checkpoints c where c.verifier_key = k.verifier_key) desc
$$;

grant execute on function audit.verifier_keys() to mm_service;
