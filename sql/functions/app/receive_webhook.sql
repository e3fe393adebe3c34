-- Stores validly signed events once each (UP-06), all of them in the caller's transaction: element n of every array is about delivery n.
-- A second delivery is a duplicate and changes nothing. A stale one (signed longer ago than tolerated) is kept aside as quarantined and
-- is never folded; when the same event comes again with a fresh signature, that one is believed and takes its place.
create function app.receive_webhooks(
  providers text[], event_ids text[], types text[], object_ids text[], bodies bytea[], signed_ats timestamptz[], stales boolean[]
) returns table (delivery integer, id uuid, state text, is_duplicate boolean)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  new_ids uuid[] := array(select uuidv7() from generate_subscripts(event_ids, 1));
  stored integer;
  believed integer[];
begin
  -- In the order of the ids, so that two calls with the same events wait for one another instead of deadlocking; where the other has not
  -- ended, the insert waits until it has. Of two deliveries of one event in this call the fresh one is stored.
  return query
  with given as materialized (
    select g.*, row_number() over (partition by g.provider, g.event_id order by g.stale, g.delivery) = 1 as is_first
    from unnest(providers, event_ids, types, object_ids, bodies, signed_ats, stales, new_ids) with ordinality
      as g (provider, event_id, type, object_id, body, signed_at, stale, id, delivery)
  ), receipts as (
    insert into app.webhook_receipts as r (provider, event_id, webhook_event_id)
    select g.provider, g.event_id, g.id from given g where g.is_first order by g.provider, g.event_id
    on conflict (provider, event_id) do nothing
    returning r.webhook_event_id
  )
  insert into app.webhook_events as e (id, provider, event_id, type, object_id, body, signed_at, state)
  select g.id, g.provider, g.event_id, g.type, g.object_id, g.body, g.signed_at,
         case when g.stale then 'quarantined' else 'received' end
  from given g join receipts r on r.webhook_event_id = g.id
  returning array_position(new_ids, e.id), e.id, e.state, false;
  get diagnostics stored = row_count;
  if stored = cardinality(new_ids) then
    return;
  end if;

  -- The rest has been received before, some of it perhaps while the statement above waited: hence a statement with a newer snapshot.
  with again as (
    select distinct on (r.webhook_event_id) r.webhook_event_id, g.*
    from unnest(providers, event_ids, types, object_ids, bodies, signed_ats, stales, new_ids) with ordinality
      as g (provider, event_id, type, object_id, body, signed_at, stale, id, delivery)
    join app.webhook_receipts r on r.provider = g.provider and r.event_id = g.event_id
    where r.webhook_event_id <> g.id and not g.stale
    order by r.webhook_event_id, g.delivery
  ), freshened as (
    update app.webhook_events e
    set body = a.body, type = a.type, object_id = a.object_id, signed_at = a.signed_at, state = 'received', next_attempt_at = now()
    from again a
    where e.id = a.webhook_event_id and e.state = 'quarantined'
    returning a.delivery
  )
  select coalesce(array_agg(f.delivery), '{}') into believed from freshened f;

  return query
  select g.delivery::integer, r.webhook_event_id, e.state, g.delivery <> all (believed)
  from unnest(providers, event_ids, new_ids) with ordinality as g (provider, event_id, id, delivery)
  join app.webhook_receipts r on r.provider = g.provider and r.event_id = g.event_id
  left join app.webhook_events e on e.id = r.webhook_event_id
  where r.webhook_event_id <> g.id;
end
$$;

-- The same for one event.
create function app.receive_webhook(
  provider text, event_id text, type text, object_id text, body bytea, signed_at timestamptz, stale boolean,
  out id uuid, out state text, out is_duplicate boolean
)
language sql volatile security definer
set search_path = ''
as $$
  select r.id, r.state, r.is_duplicate
  from app.receive_webhooks(array[provider], array[event_id], array[type], array[object_id], array[body], array[signed_at], array[stale]) r
$$;

grant execute on function
  app.receive_webhooks(text[], text[], text[], text[], bytea[], timestamptz[], boolean[]),
  app.receive_webhook(text, text, text, text, bytea, timestamptz, boolean)
  to mm_service;
