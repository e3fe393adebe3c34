-- Lets dead events be folded again, from the bytes that are stored: those named, or all of them. They wait like fresh ones, with all their
-- attempts ahead, and the worker takes them within seconds. Folding twice has one effect, so a replay is harmless.
create function api.replay_webhook_events(reason text, event_ids uuid[] default null, out replayed integer)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
begin
  perform app.refuse_fields(app.reason_errors(replay_webhook_events.reason));
  with replays as (
    update app.webhook_events e set state = 'received', attempts = 0, next_attempt_at = now()
    where e.state = 'dead' and (event_ids is null or e.id = any (event_ids))
    returning e.id
  )
  select count(*) into replayed from replays;
  if replayed > 0 then
    perform audit.record(
      'webhook.replayed', 'webhook_event', case when cardinality(event_ids) = 1 then event_ids[1]::text else 'dead' end, null,
      btrim(replay_webhook_events.reason), jsonb_build_object('replayed', replayed));
  end if;
end
$$;

comment on function api.replay_webhook_events(text, uuid[]) is
  'Folds dead webhook events again, those named or all of them, and answers how many. For operators and admins, with a reason.';
grant execute on function api.replay_webhook_events(text, uuid[]) to mm_operator, mm_admin;
