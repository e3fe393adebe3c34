-- Roots and proofs over the batches, from the complete subtrees that are stored: RFC 6962, section 2.1. Nodes are in the order in which
-- the RFC has them, the deepest first.

-- Root over the batches from first, which counts from 0, to before past. The range is one that a tree is split into: first is a
-- multiple of the smallest power of two that is not below its width. A node that is missing is an error, never another root.
create function audit.range_root(first bigint, past bigint) returns bytea
language plpgsql stable
set search_path = ''
as $$
declare
  at bigint := past;
  width bigint := past - first;
  height integer := 0;
  node bytea;
  root bytea;
begin
  if width < 1 then
    raise exception 'There is no tree of % batches.', width;
  end if;
  while width > 0 loop
    if width % 2 = 1 then
      at := at - (1::bigint << height);
      select t.hash into strict node from audit.tree_nodes t where t.level = height and t.place = at >> height;
      root := case when root is null then node else sha256('\x01'::bytea || node || root) end;
    end if;
    width := width / 2;
    height := height + 1;
  end loop;
  return root;
end
$$;

-- The largest power of two below a number of at least two: where a tree of so many leaves is split.
create function audit.split_point(width bigint) returns bigint
language plpgsql immutable
set search_path = ''
as $$
declare
  point bigint := 1;
begin
  while point * 2 < width loop
    point := point * 2;
  end loop;
  return point;
end
$$;

-- How many batches there are.
create function audit.log_size() returns bigint
language sql stable
set search_path = ''
as $$
  select coalesce((select b.no + 1 from audit.batches b order by b.no desc limit 1), 0)
$$;

-- Root of the tree over the first so many batches; null when the log does not have so many, and for none.
create function audit.log_root(size bigint) returns bytea
language sql stable
set search_path = ''
as $$
  select case when size between 1 and audit.log_size() then audit.range_root(0, size) end
$$;

-- The path from a batch to the root over the first so many (2.1.1); null when it is not one of them.
create function audit.inclusion_proof(batch bigint, size bigint) returns bytea[]
language plpgsql stable security definer
set search_path = ''
as $$
declare
  first bigint := 0;
  past bigint := size;
  middle bigint;
  path bytea[] := '{}';
begin
  if batch is null or size is null or batch < 0 or batch >= size or size > audit.log_size() then
    return null;
  end if;
  while past - first > 1 loop
    middle := first + audit.split_point(past - first);
    if batch < middle then
      path := audit.range_root(middle, past) || path;
      past := middle;
    else
      path := audit.range_root(first, middle) || path;
      first := middle;
    end if;
  end loop;
  return path;
end
$$;

grant execute on function audit.inclusion_proof(bigint, bigint) to mm_coach, mm_admin, mm_compliance, mm_auditor;

-- What shows that the first "from" batches are the beginning of the first "to" (2.1.2); null unless 0 < from <= to <= size of the log.
create function audit.consistency_proof("from" bigint, "to" bigint) returns bytea[]
language plpgsql stable security definer
set search_path = ''
as $$
declare
  first bigint := 0;
  past bigint := "to";
  middle bigint;
  is_known boolean := true;
  proof bytea[] := '{}';
begin
  if "from" is null or "to" is null or "from" < 1 or "from" > "to" or "to" > audit.log_size() then
    return null;
  end if;
  while "from" < past loop
    middle := first + audit.split_point(past - first);
    if "from" <= middle then
      proof := audit.range_root(middle, past) || proof;
      past := middle;
    else
      proof := audit.range_root(first, middle) || proof;
      first := middle;
      is_known := false;
    end if;
  end loop;
  return case when is_known then proof else audit.range_root(first, past) || proof end;
end
$$;

grant execute on function audit.consistency_proof(bigint, bigint) to mm_service;
