-- Whether a list is a list of values: neither a list of lists nor with nulls among them. Asked before its values are looked for, because
-- PostgreSQL refuses to search a list of lists with words of its own.
create function app.is_flat(list anyarray) returns boolean
language sql immutable
set search_path = ''
as $$ select coalesce(array_ndims(list), 1) = 1 and not exists (select from unnest(list) x where x is null) $$;
