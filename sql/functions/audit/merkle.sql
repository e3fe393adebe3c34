-- Merkle trees as RFC 6962 defines them: an inner node is sha256(0x01 || left || right), and a tree of n leaves is split at the largest
-- power of two below n. Pairing level by level and carrying an odd last node upwards builds the same tree.

-- The root over hashes of leaves; at least one.
create function audit.merkle_root(leaves bytea[]) returns bytea
language plpgsql immutable
set search_path = ''
as $$
declare
  level bytea[] := leaves;
  above bytea[];
  width integer;
begin
  loop
    width := cardinality(level);
    exit when width = 1;
    above := '{}';
    for i in 1 .. width / 2 loop
      above[i] := sha256('\x01'::bytea || level[2 * i - 1] || level[2 * i]);
    end loop;
    if width % 2 = 1 then
      above[width / 2 + 1] := level[width];
    end if;
    level := above;
  end loop;
  return level[1];
end
$$;

-- Puts a batch into the tree over all batches: its leaf, and every subtree that it completes.
create function audit.add_to_tree(batch_no bigint, batch_hash bytea) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  height integer := 0;
  at bigint := batch_no;
  node bytea := batch_hash;
begin
  loop
    insert into audit.tree_nodes (level, place, hash) values (height, at, node);
    exit when at % 2 = 0;
    select sha256('\x01'::bytea || t.hash || node) into strict node
    from audit.tree_nodes t where t.level = height and t.place = at - 1;
    height := height + 1;
    at := at / 2;
  end loop;
end
$$;
