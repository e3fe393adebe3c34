-- Puts a job that folds these events into the queue. A statement of its own because it is prepared once for a session; pg-boss plans its own
-- anew each time, which costs more than the insert.
create function app.enqueue_fold(event_ids uuid[]) returns void
language sql volatile
set search_path = ''
as $$ select jobs.enqueue('fold-webhook-events', jsonb_build_object('webhookEventIds', event_ids)) $$;

-- Stores deliveries and the one job that folds those of them that are new (UP-07): both, or neither. What the api calls, in one round trip.
-- The bodies come as one value, one behind the other, with the length of each: a single bytea goes over the wire as it is, an array of them
-- twice as long as text, which costs the api more than everything else it does with a delivery.
create function app.store_webhooks(
  providers text[], event_ids text[], types text[], object_ids text[], bodies bytea, body_lengths integer[], signed_ats timestamptz[],
  stales boolean[]
) returns table (delivery integer, id uuid, state text, is_duplicate boolean)
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  deliveries integer[];
  ids uuid[];
  states text[];
  duplicates boolean[];
  to_fold uuid[];
begin
  select array_agg(r.delivery), array_agg(r.id), array_agg(r.state), array_agg(r.is_duplicate),
         array_agg(r.id) filter (where r.state = 'received' and not r.is_duplicate)
  into deliveries, ids, states, duplicates, to_fold
  from app.receive_webhooks(
    providers, event_ids, types, object_ids,
    array(
      select substring(bodies from (sum(l.length) over (order by l.no) - l.length + 1)::integer for l.length)
      from unnest(body_lengths) with ordinality as l (length, no) order by l.no),
    signed_ats, stales) r;
  if to_fold is not null then
    perform app.enqueue_fold(to_fold);
  end if;
  return query select * from unnest(deliveries, ids, states, duplicates);
end
$$;

grant execute on function
  app.enqueue_fold(uuid[]), app.store_webhooks(text[], text[], text[], text[], bytea, integer[], timestamptz[], boolean[])
  to mm_service;
