-- Seals what has been written into the next batch, at most so many entries; answers null when there is nothing to seal, or when somebody
-- else is sealing. Called again and again by the worker, about twice a second.
--
-- An entry gets its id and its time before its transaction commits, so neither tells which entries are still to come. The transaction's
-- id does: below pg_snapshot_xmin every transaction has ended, and what is not visible now never will be. One sealer at a time, by a lock
-- that is taken before the snapshot: the chain has one end.
--
-- A database restored from a dump counts transactions from the beginning again. Entries that claim a transaction which this server has
-- not begun are from before, hence complete; and a watermark from before is worth nothing, so all entries are looked through.
create function audit.seal_entries(max_entries integer default 4096, out batch_no bigint, out batch_size integer)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  newest audit.batches;
  since xid8;
  horizon xid8;
  upcoming xid8;
  hashes bytea[];
  sealed_to xid8;
  chained bytea;
  root bytea;
  total bigint;
  now_sealed timestamptz := clock_timestamp();
  header bytea;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('mm.audit.seal', 0)) then
    return;
  end if;
  select b.* into newest from audit.batches b order by b.no desc limit 1;
  horizon := pg_snapshot_xmin(pg_current_snapshot());
  upcoming := pg_snapshot_xmax(pg_current_snapshot());
  since := coalesce(newest.watermark, '0'::xid8);
  if since > upcoming then
    since := '0'::xid8;
  end if;

  with picked as (
    select e.id, e.occurred_at, e.owner_id, e.xid, sha256('\x00'::bytea || convert_to(audit.entry_text(e), 'UTF8')) as hash
    from audit.entries e
    where e.xid >= since and (e.xid < horizon or e.xid >= upcoming)
      and not exists (select from audit.leaves l where l.entry_id = e.id and l.occurred_at = e.occurred_at)
    order by e.xid, e.id
    limit max_entries
  ), placed as materialized (
    select p.*, row_number() over (order by p.xid, p.id) - 1 as leaf_index from picked p
  ), stored as (
    insert into audit.leaves (batch_no, leaf_index, entry_id, occurred_at, owner_id, hash)
    select coalesce(newest.no + 1, 0), p.leaf_index, p.id, p.occurred_at, p.owner_id, p.hash from placed p
  )
  select array_agg(p.hash order by p.leaf_index), max(p.xid) filter (where p.xid < horizon) into hashes, sealed_to from placed p;
  if hashes is null then
    return;
  end if;

  batch_no := coalesce(newest.no + 1, 0);
  batch_size := cardinality(hashes);
  chained := coalesce(newest.hash, decode(repeat('00', 32), 'hex'));
  root := audit.merkle_root(hashes);
  total := coalesce(newest.entries, 0) + batch_size;
  header := convert_to(audit.batch_text(batch_no, batch_size, total, root, chained, now_sealed), 'UTF8');
  insert into audit.batches (no, size, entries, root, previous, hash, sealed_at, watermark)
  values (
    batch_no, batch_size, total, root, chained, sha256('\x02'::bytea || header), now_sealed, coalesce(sealed_to, since));
  perform audit.add_to_tree(batch_no, sha256('\x02'::bytea || header));
end
$$;

grant execute on function audit.seal_entries(integer) to mm_service;

-- How long the oldest entry that could be sealed has waited, in seconds; 0 when all are sealed. Looks at the end of the log only.
create function audit.seal_lag() returns double precision
language sql stable security definer
set search_path = ''
as $$
  select coalesce(extract(epoch from clock_timestamp() - min(e.occurred_at)), 0)::double precision
  from audit.entries e
  where e.xid >= coalesce((select b.watermark from audit.batches b order by b.no desc limit 1), '0'::xid8)
    and not exists (select from audit.leaves l where l.entry_id = e.id and l.occurred_at = e.occurred_at)
$$;

grant execute on function audit.seal_lag() to mm_service;
