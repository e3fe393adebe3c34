-- Takes what is due to be sent, oldest first, for two minutes: whoever took it and died leaves it to the next. What was begun as often as it
-- may and never ended has failed. Mail goes to the address that the person has now; when there is none any more, or mail to it has bounced
-- meanwhile, it is suppressed.
create function app.claim_deliveries(max_deliveries integer)
returns table (
  id uuid, kind text, channel text, destination text, address text, display_name text, variables jsonb, attempts integer
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  with due as (
    select d.id, d.attempts >= app.max_delivery_attempts() as is_worn,
           d.channel = 'email' and (p.email is null or app.is_bounced(app.address_hash(p.email))) as is_unreachable
    from app.notification_deliveries d
    join app.notifications n on n.id = d.notification_id
    left join app.profiles p on p.id = n.profile_id
    where d.state = 'queued' and d.next_attempt_at <= now()
    order by d.next_attempt_at, d.id
    limit 1000
    for no key update of d skip locked
  )
  update app.notification_deliveries d
  set state = case when due.is_unreachable then 'suppressed' else 'failed' end,
      suppressed_by = case when due.is_unreachable then 'address' end,
      last_error = case when due.is_unreachable then d.last_error else coalesce(d.last_error, 'It was begun and never ended.') end,
      finished_at = now()
  from due
  where d.id = due.id and (due.is_worn or due.is_unreachable);

  return query
    with due as (
      select d.id from app.notification_deliveries d
      where d.state = 'queued' and d.next_attempt_at <= now()
      order by d.next_attempt_at, d.id
      limit least(max_deliveries, 100)
      for no key update skip locked
    ), taken as (
      update app.notification_deliveries d
      set attempts = d.attempts + 1, next_attempt_at = now() + interval '2 minutes',
          address_hash = case when d.channel = 'email' then app.address_hash(p.email) end
      from due
      join app.notification_deliveries o on o.id = due.id
      join app.notifications n on n.id = o.notification_id
      left join app.profiles p on p.id = n.profile_id
      where d.id = due.id
      returning d.id, d.kind, d.channel, d.destination, p.email, p.display_name, n.variables, d.attempts, d.created_at
    )
    select t.id, t.kind, t.channel, t.destination, case when t.channel = 'email' then t.email end, t.display_name, t.variables, t.attempts
    from taken t
    order by t.created_at, t.id;
end
$$;

-- Records that the provider took a message, with its id there and the version of the template. Answers whether it was still to be sent.
create function app.record_delivery_sent(delivery_id uuid, provider_id text, template_version text) returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  update app.notification_deliveries d
  set state = 'sent', finished_at = now(), last_error = null,
      provider_id = left(nullif(record_delivery_sent.provider_id, ''), 200),
      template_version = left(nullif(record_delivery_sent.template_version, ''), 100)
  where d.id = delivery_id and d.state = 'queued';
  return found;
end
$$;

-- Counts a failed attempt: it is tried again after a minute, then after four times as long each time, until it has failed for good; `is_final`:
-- at once, because trying again would not help. Answers the state.
create function app.record_delivery_failed(delivery_id uuid, error text, is_final boolean default false) returns text
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  outcome text;
begin
  update app.notification_deliveries d
  set state = case when is_final or d.attempts >= app.max_delivery_attempts() then 'failed' else 'queued' end,
      finished_at = case when is_final or d.attempts >= app.max_delivery_attempts() then now() end,
      last_error = app.scrub_text(record_delivery_failed.error, 1000),
      next_attempt_at = now() + interval '1 minute' * 4 ^ least(greatest(d.attempts - 1, 0), 5)
  where d.id = delivery_id and d.state = 'queued'
  returning d.state into outcome;
  return outcome;
end
$$;

-- Records that a message that was sent has bounced, or its recipient complained: nothing more is mailed to that address. Answers whether
-- the provider's id is known; a second report changes nothing.
create function app.record_delivery_bounced(provider_id text, error text) returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  update app.notification_deliveries d
  set state = 'bounced', finished_at = now(), last_error = app.scrub_text(record_delivery_bounced.error, 1000)
  where d.provider_id = record_delivery_bounced.provider_id and d.state = 'sent';
  return exists (select from app.notification_deliveries d where d.provider_id = record_delivery_bounced.provider_id);
end
$$;

grant execute on function
  app.claim_deliveries(integer), app.record_delivery_sent(uuid, text, text), app.record_delivery_failed(uuid, text, boolean),
  app.record_delivery_bounced(text, text) to mm_service;
