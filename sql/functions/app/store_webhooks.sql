-- Puts a job that folds these events into the queue, as pg-boss does it: with the options of the queue, which a bare INSERT would not have.
-- A statement of its own because it is prepared once for a session; pg-boss plans its own anew each time, which costs more than the insert.
-- It runs with the rights of who calls it.
create function app.enqueue_fold(event_ids uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into pgboss.job (
    name, data, expire_seconds, deletion_seconds, keep_until, retry_limit, retry_delay, retry_backoff, retry_delay_max, policy,
    dead_letter, heartbeat_seconds)
  select q.name, jsonb_build_object('webhookEventIds', event_ids), q.expire_seconds, q.deletion_seconds,
         now() + q.retention_seconds * interval '1 second', q.retry_limit, q.retry_delay, coalesce(q.retry_backoff, false),
         q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
  from pgboss.queue q where q.name = 'fold-webhook-events';
  if not found then
    raise exception using errcode = '55000', message = 'There is no queue for events yet.';
  end if;
end
$$;

-- Stores deliveries and the one job that folds those of them that are new (UP-07): both, or neither. What the api calls, in one round trip.
create function app.store_webhooks(
  providers text[], event_ids text[], types text[], object_ids text[], bodies bytea[], signed_ats timestamptz[], stales boolean[]
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
  from app.receive_webhooks(providers, event_ids, types, object_ids, bodies, signed_ats, stales) r;
  if to_fold is not null then
    perform app.enqueue_fold(to_fold);
  end if;
  return query select * from unnest(deliveries, ids, states, duplicates);
end
$$;

grant execute on function
  app.enqueue_fold(uuid[]), app.store_webhooks(text[], text[], text[], text[], bytea[], timestamptz[], boolean[])
  to mm_service;
