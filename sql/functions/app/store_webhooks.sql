-- Stores deliveries and the one job that folds those of them that are new (UP-07): both, or neither. What the api calls, in one round trip.
-- Answers as app.receive_webhooks() does: only what became of those that are not simply new events to be folded.
create function app.store_webhooks(
  providers text[], event_ids text[], types text[], object_ids text[], bodies bytea, body_starts integer[], body_lengths integer[],
  signed_ats timestamptz[], stales boolean[]
) returns table (delivery integer, state text, is_duplicate boolean)
language plpgsql volatile
set search_path = ''
as $$
declare
  new_ids uuid[] := array(select uuidv7() from unnest(body_starts));
  to_fold uuid[] := new_ids;
  other record;
begin
  for other in
    select r.delivery, r.id, r.state, r.is_duplicate
    from app.receive_webhooks(
      new_ids, providers, event_ids, types, object_ids, bodies, body_starts, body_lengths, signed_ats, stales) r
  loop
    -- One that was kept aside and is believed now is to be folded as well.
    to_fold[other.delivery] := case when other.state = 'received' and not other.is_duplicate then other.id end;
    delivery := other.delivery;
    state := other.state;
    is_duplicate := other.is_duplicate;
    return next;
  end loop;
  to_fold := array_remove(to_fold, null);
  if cardinality(to_fold) > 0 then
    perform jobs.enqueue('fold-webhook-events', jsonb_build_object('webhookEventIds', to_fold));
  end if;
end
$$;

grant execute on function
  app.store_webhooks(text[], text[], text[], text[], bytea, integer[], integer[], timestamptz[], boolean[])
  to mm_service;
