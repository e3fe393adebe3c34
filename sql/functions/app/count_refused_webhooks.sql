-- Adds to the counters of deliveries whose signature was refused, and raises an alert (AU-11, UP-11). The api sends sums, at most one for
-- each provider and reason a minute, so that whoever forges cannot make the database work.
create function app.count_refused_webhooks(provider text, reason text, refused integer) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  today bigint;
begin
  insert into app.webhook_refusals as r (day, provider, reason, refused, first_at, last_at)
  values ((now() at time zone 'UTC')::date, count_refused_webhooks.provider, count_refused_webhooks.reason,
          count_refused_webhooks.refused, now(), now())
  on conflict (day, provider, reason) do update
    set refused = r.refused + excluded.refused, last_at = greatest(r.last_at, excluded.last_at)
  returning r.refused into today;
  perform app.raise_alert(
    'webhook.signature.' || count_refused_webhooks.provider, 'warning',
    format('Webhooks that claim to come from %s are refused for their signature', count_refused_webhooks.provider),
    jsonb_build_object('reason', count_refused_webhooks.reason, 'refused_today', today),
    'docs/runbooks/webhook-signature-refused.md');
end
$$;

grant execute on function app.count_refused_webhooks(text, text, integer) to mm_service;
