-- Milliseconds since the epoch, as Clerk tells time; null for anything else.
create function app.time_of_millis(millis jsonb) returns timestamptz
language sql immutable
set search_path = ''
as $$
  select case jsonb_typeof(millis) when 'number' then to_timestamp((millis #>> '{}')::double precision / 1000) end
$$;

-- Folds one event of Clerk. Answers whether it was about somebody, or a session, that we follow; all other types are ignored. `at` is the
-- time of the event, for what carries no time of its own. Source of the shapes: https://clerk.com/docs/guides/development/webhooks/overview
create function app.fold_clerk_event(type text, data jsonb, at timestamptz) returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  case type
    when 'user.created', 'user.updated' then
      return app.apply_identity(data, coalesce(app.time_of_millis(data -> 'updated_at'), at));
    when 'user.deleted' then
      return app.apply_identity_deletion(data ->> 'id', at);
    when 'session.ended', 'session.removed', 'session.revoked' then
      perform app.apply_session_end(data ->> 'id', data ->> 'user_id');
      return true;
    else
      return false;
  end case;
end
$$;
