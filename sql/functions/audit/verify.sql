-- The last batch of a page that begins with this one and holds about so many entries; one batch at least. Null after the last batch. A
-- batch that is missing ends no page.
create function audit.page_end(first bigint, max_entries integer) returns bigint
language sql stable security definer
set search_path = ''
as $$
  select coalesce(
    (select b.no from audit.batches b
     where b.no between f.no and f.no + max_entries and b.entries <= f.entries - f.size + max_entries
     order by b.no desc limit 1),
    f.no)
  from (select b.no, b.size, b.entries from audit.batches b where b.no >= first order by b.no limit 1) f
$$;

grant execute on function audit.page_end(bigint, integer) to mm_service;

-- The first batch sealed since a time; null when there is none.
create function audit.first_batch_since(since timestamptz) returns bigint
language sql stable security definer
set search_path = ''
as $$
  select min(b.no) from audit.batches b where b.sealed_at >= since
$$;

grant execute on function audit.first_batch_since(timestamptz) to mm_service;

-- Works the batches "from" to "to" out anew, from the entries up to the tree, and answers the first thing that is wrong (AU-04); no row
-- when all is well:
--   batch_missing    a number is left out
--   leaf_missing     the batch does not have as many leaves as it says, in their places
--   entry_missing    the entry of a leaf is not there, and its month was not removed
--   entry_changed    the entry is not what was sealed
--   root_wrong       the batch's root is not that of its leaves
--   count_wrong      the entries of the batches before and this one do not add up
--   chain_broken     the batch does not name the one before
--   header_changed   the batch's hash is not that of its header
--   tree_wrong       a node of the tree that the batch completes is missing or is not the hash of those below
create function audit.verify_batches("from" bigint, "to" bigint)
returns table (batch_no bigint, entry_id uuid, fault text)
language sql stable security definer
set search_path = ''
as $$
  with batches as (
    select b.*, lag(b.no) over in_order as no_before, lag(b.entries) over in_order as entries_before,
           lag(b.hash) over in_order as hash_before
    from audit.batches b where b.no between "from" - 1 and "to"
    window in_order as (order by b.no)
  ), removed as (
    select coalesce(max(d.last_batch_no), -1) as to_batch from app.dropped_months d where d.table_name = 'audit_leaves'
  ), leaves as materialized (
    select l.batch_no, l.leaf_index, l.entry_id, l.hash,
           case
             when e.id is null then case when not exists (
               select from app.dropped_months d
               where d.table_name = 'audit_entries' and d.month_begins_at = date_trunc('month', l.occurred_at, 'UTC'))
               then 'entry_missing' end
             when sha256('\x00'::bytea || convert_to(audit.entry_text(e), 'UTF8')) <> l.hash then 'entry_changed'
           end as fault
    from audit.leaves l left join audit.entries e on e.id = l.entry_id and e.occurred_at = l.occurred_at
    where l.batch_no between "from" and "to"
  ), grown as (
    select l.batch_no, count(*) as leaf_count, min(l.leaf_index) as first_index, max(l.leaf_index) as last_index,
           audit.merkle_root(array_agg(l.hash order by l.leaf_index)) as root
    from leaves l group by l.batch_no
  ), nodes as (
    select n.no, h.height, t.hash,
           case when h.height = 0 then n.hash else sha256('\x01'::bytea || l.hash || r.hash) end as expected
    from batches n
    cross join generate_series(0, 62) h (height)
    left join audit.tree_nodes t on t.level = h.height and t.place = n.no >> h.height
    left join audit.tree_nodes l on l.level = h.height - 1 and l.place = (n.no >> h.height) * 2
    left join audit.tree_nodes r on r.level = h.height - 1 and r.place = (n.no >> h.height) * 2 + 1
    where n.no >= "from" and (n.no + 1) % (1::bigint << h.height) = 0
  ), faults as (
    select s.no as batch_no, null::uuid as entry_id, 0 as rank, 'batch_missing' as fault
    from generate_series("from", "to") s (no) where not exists (select from batches b where b.no = s.no)
    union all
    select b.no, null, 1, 'leaf_missing'
    from batches b left join grown g on g.batch_no = b.no
    where b.no >= "from" and b.no > (select r.to_batch from removed r)
      and (g.leaf_count, g.first_index, g.last_index) is distinct from (b.size::bigint, 0, b.size - 1)
    union all
    select l.batch_no, l.entry_id, 2, l.fault
    from leaves l where l.fault is not null
    union all
    select b.no, null, 3, 'root_wrong'
    from batches b join grown g on g.batch_no = b.no
    where g.leaf_count = b.size and g.root <> b.root
    union all
    select b.no, null, 4, 'count_wrong'
    from batches b where b.no >= "from" and b.entries <> b.size + case when b.no = 0 then 0 else b.entries_before end
    union all
    select b.no, null, 5, 'chain_broken'
    from batches b
    where b.no >= "from" and b.previous <> case when b.no = 0 then decode(repeat('00', 32), 'hex') else b.hash_before end
    union all
    select b.no, null, 6, 'header_changed'
    from batches b
    where b.no >= "from" and b.hash <> sha256('\x02'::bytea || convert_to(
      audit.batch_text(b.no, b.size, b.entries, b.root, b.previous, b.sealed_at), 'UTF8'))
    union all
    select n.no, null, 7, 'tree_wrong' from nodes n where n.hash is distinct from n.expected
  )
  select f.batch_no, f.entry_id, f.fault from faults f order by f.batch_no, f.rank, f.entry_id limit 1
$$;

grant execute on function audit.verify_batches(bigint, bigint) to mm_service;

-- An entry that will never be sealed, because its transaction was passed over: somebody wrote it in behind the seal. Null when there is
-- none. After a restore, when transactions count from the beginning again, the watermark tells nothing and none is looked for.
create function audit.smuggled_entry() returns uuid
language sql stable security definer
set search_path = ''
as $$
  select e.id
  from audit.entries e,
       lateral (select b.watermark from audit.batches b order by b.no desc limit 1) w
  where e.xid < w.watermark and w.watermark <= pg_snapshot_xmax(pg_current_snapshot())
    and not exists (select from audit.leaves l where l.entry_id = e.id and l.occurred_at = e.occurred_at)
  limit 1
$$;

grant execute on function audit.smuggled_entry() to mm_service;
