-- Takes what is due to be sent, oldest first, for two minutes: whoever took it and died leaves it to the next. What was begun as often as it
-- may and never ended has failed. Mail goes to the address that the person has now; when there is none any more, or mail to it has bounced
-- meanwhile, it is suppressed. Of what it looks at, at most so many, it answers what is to be sent: that may be fewer than are due. Who sends by
-- one channel alone leaves the others to who can.
create function app.claim_deliveries(max_deliveries integer, channels text[] default '{email,slack}')
returns table (
  id uuid, kind text, channel text, destination text, address text, display_name text, variables jsonb, attempts integer
)
language sql volatile security definer
set search_path = ''
as $$
  with due as (
    select d.id, n.variables, p.email, p.display_name,
           case
             when d.channel = 'email' and (p.email is null or app.is_bounced(app.address_hash(p.email))) then 'suppressed'
             when d.attempts >= app.max_delivery_attempts() then 'failed'
             else 'queued'
           end as outcome
    from app.notification_deliveries d
    join app.notifications n on n.id = d.notification_id
    left join app.profiles p on p.id = n.profile_id
    where d.state = 'queued' and d.next_attempt_at <= now() and d.channel = any (claim_deliveries.channels)
    order by d.next_attempt_at, d.id
    limit greatest(least(max_deliveries, 100), 1)
    for no key update of d skip locked
  ), looked_at as (
    update app.notification_deliveries d
    set state = due.outcome,
        suppressed_by = case when due.outcome = 'suppressed' then 'address' end,
        finished_at = case when due.outcome <> 'queued' then now() end,
        last_error = case when due.outcome = 'failed' then coalesce(d.last_error, 'It was begun and never ended.') else d.last_error end,
        attempts = d.attempts + case when due.outcome = 'queued' then 1 else 0 end,
        next_attempt_at = now() + interval '2 minutes',
        address_hash = case when d.channel = 'email' then coalesce(app.address_hash(due.email), d.address_hash) end
    from due
    where d.id = due.id
    returning d.id, d.kind, d.channel, d.destination, d.state, d.attempts, d.created_at, due.email, due.display_name, due.variables
  )
  select l.id, l.kind, l.channel, l.destination, case when l.channel = 'email' then l.email end, l.display_name, l.variables, l.attempts
  from looked_at l
  where l.state = 'queued'
  order by l.created_at, l.id
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
  update app.share_code_challenges c
  set state = 'bounced', finished_at = now(), last_error = app.scrub_text(record_delivery_bounced.error, 1000)
  where c.provider_id = record_delivery_bounced.provider_id and c.state = 'sent';
  return exists (select from app.notification_deliveries d where d.provider_id = record_delivery_bounced.provider_id)
    or exists (select from app.share_code_challenges c where c.provider_id = record_delivery_bounced.provider_id);
end
$$;

grant execute on function
  app.claim_deliveries(integer, text[]), app.record_delivery_sent(uuid, text, text), app.record_delivery_failed(uuid, text, boolean),
  app.record_delivery_bounced(text, text) to mm_service;
