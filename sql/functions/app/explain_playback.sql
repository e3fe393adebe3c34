-- Whether the caller may read this person's name: an admin everybody's, anybody else their own.
create function app.may_name(profile_id uuid) returns boolean
language sql stable
set search_path = ''
as $$ select authz.caller_role() = 'mm_admin' or profile_id = authz.profile_id() $$;

-- What is on record about the making and the changes of a link until a moment, in the order in which it happened.
create function app.link_changes(share_token_id uuid, before_at timestamptz) returns jsonb
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(
      jsonb_build_object(
        'id', e.id, 'occurred_at', e.occurred_at, 'action', e.action, 'reason', e.reason,
        'by_name', (select p.display_name from app.profiles p where p.id = e.actor_profile_id and app.may_name(p.id)))
      order by e.occurred_at, e.id), '[]')
  from audit.entries e
  where e.object_type = 'share_token' and e.object_id = share_token_id::text and e.occurred_at < before_at
$$;
