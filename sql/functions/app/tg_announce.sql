-- Tells whoever listens that rows of a table are new or have changed: its name, what was done, and the keys, and nothing else of them. Who
-- may know is asked row by row, of row-level security, by the api that listens (api/src/live). With arguments, for updates, only rows are told
-- of whose state is among them, or was.
--
-- For statements, and only for tables whose lists people wait before: a transaction that notifies takes a lock of the whole cluster as it
-- commits, so that such commits wait for one another. Nothing that a viewer or a webhook does for each request may announce itself.
create function app.tg_announce() returns trigger
language plpgsql volatile
set search_path = ''
as $$
declare
  keys text[];
  -- A payload ends at 8,000 bytes; a key takes 39.
  most constant integer := 150;
begin
  if tg_nargs = 0 then
    select array_agg(n.id) into keys from new_rows n;
  else
    select array_agg(n.id) into keys
    from new_rows n join old_rows o on o.id = n.id
    where n.state = any (tg_argv) or o.state = any (tg_argv);
  end if;
  for n in 1 .. coalesce(cardinality(keys), 0) by most loop
    perform pg_notify('mm_changes', json_build_object(
      'table', tg_table_name, 'is_new', tg_op = 'INSERT', 'ids', keys[n : n + most - 1])::text);
  end loop;
  return null;
end
$$;

-- The same for a single row, where few of those that a statement writes are told of: the rows of a statement are all copied for its trigger,
-- bodies and all. Its argument is the name of the table: the trigger of a partition knows only the partition's.
create function app.tg_announce_row() returns trigger
language plpgsql volatile
set search_path = ''
as $$
begin
  perform pg_notify('mm_changes', json_build_object(
    'table', tg_argv[0], 'is_new', tg_op = 'INSERT', 'ids', json_build_array(new.id))::text);
  return null;
end
$$;
