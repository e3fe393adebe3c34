-- Says why the next changes of this transaction happen, and optionally what they are called, for the entries that the triggers write. An
-- action counts only for the object it names (share_token.revoked for share tokens). Called without arguments it takes that back, so
-- that later statements of the transaction are not explained by it.
create function audit.explain(action text default null, reason text default null) returns void
language sql volatile
set search_path = ''
as $$
  select set_config('mm.action', coalesce(action, ''), true), set_config('mm.reason', coalesce(reason, ''), true)
$$;
