-- Paths from leaves of a batch to its root (RFC 6962, 2.1.1), the deepest node first; no rows when leaves of the batch have gone. For
-- whoever exports: hashes only, of entries that they may not read among others.
create function audit.leaf_paths(batch_no bigint, indexes integer[]) returns table (leaf_index integer, path bytea[])
language plpgsql stable security definer
set search_path = ''
as $$
#variable_conflict use_variable
declare
  nodes bytea[];
  begins integer[] := '{0}';
  widths integer[];
  width integer;
  height integer;
  place integer;
begin
  -- All levels one after another in one array: each begins where `begins` says and is as wide as `widths` says.
  select array_agg(l.hash order by l.leaf_index) into nodes
  from audit.leaves l
  where l.batch_no = leaf_paths.batch_no
  having count(*) = (select b.size from audit.batches b where b.no = leaf_paths.batch_no);
  if nodes is null then
    return;
  end if;
  width := cardinality(nodes);
  widths := array[width];
  height := 1;
  while width > 1 loop
    for i in 1 .. width / 2 loop
      nodes := nodes || sha256('\x01'::bytea || nodes[begins[height] + 2 * i - 1] || nodes[begins[height] + 2 * i]);
    end loop;
    if width % 2 = 1 then
      nodes := nodes || nodes[begins[height] + width];
    end if;
    begins := begins || begins[height] + width;
    width := (width + 1) / 2;
    widths := widths || width;
    height := height + 1;
  end loop;

  foreach leaf_index in array indexes loop
    continue when leaf_index not between 0 and widths[1] - 1;
    place := leaf_index;
    path := '{}';
    for level in 1 .. height - 1 loop
      -- The last of an odd level has no neighbour and moves up as it is.
      if place # 1 < widths[level] then
        path := path || nodes[begins[level] + (place # 1) + 1];
      end if;
      place := place / 2;
    end loop;
    return next;
  end loop;
end
$$;

grant execute on function audit.leaf_paths(bigint, integer[]) to mm_coach, mm_admin, mm_compliance, mm_auditor;
