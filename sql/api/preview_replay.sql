-- What api.replay_webhook_events would do with the same choice: of the first 50 events, in the order in which they would be folded, what
-- would become of each and what would change. `matching` is how many the choice holds. Nothing is changed, and nothing recorded.
create function api.preview_replay(
  event_ids uuid[] default null, of_state text default null, of_provider text default null, of_type text default null,
  received_from timestamptz default null, received_before timestamptz default null
) returns table (
  id uuid, provider text, type text, received_at timestamptz, state text, outcome text, error text, changes jsonb, matching integer
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  chosen uuid[] := array(
    select c.id from app.choose_webhook_events(event_ids, of_state, of_provider, of_type, received_from, received_before) c order by c.id);
begin
  return query
    select e.id, e.provider, e.type, e.received_at, e.state, p.outcome, p.error, p.changes, cardinality(chosen)
    from app.preview_fold(chosen[:50]) p
    join app.webhook_events e on e.id = p.id
    order by e.id;
end
$$;

comment on function api.preview_replay(uuid[], text, text, text, timestamptz, timestamptz) is
  'A dry run of a replay: of the first 50 chosen webhook events, what would become of each and of the upload, asset, video or account behind it. For operators and admins.';
grant execute on function api.preview_replay(uuid[], text, text, text, timestamptz, timestamptz) to mm_operator, mm_admin;
