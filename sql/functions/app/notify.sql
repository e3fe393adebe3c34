-- Whether mail to this address has bounced before, be it a notice or a code.
create function app.is_bounced(address_hash bytea) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
      select from app.notification_deliveries d where d.address_hash = is_bounced.address_hash and d.state = 'bounced')
    or exists (
      select from app.share_code_challenges c where c.address_hash = is_bounced.address_hash and c.state = 'bounced')
$$;

create function app.address_hash(email text) returns bytea
language sql immutable
set search_path = ''
as $$ select sha256(convert_to(lower(btrim(email)), 'UTF8')) $$;

-- The rule of what is enqueued.
create function app.notification_errors(kind text, dedupe_key text, variables jsonb) returns jsonb[]
language sql stable
set search_path = ''
as $$
  select array_remove(array[
    case when not exists (select from app.notification_kinds k where k.id = kind)
      then app.field_error('kind', 'choice', 'There is no such kind of notice.') end,
    case when coalesce(length(dedupe_key), 0) not between 1 and 200
      then app.field_error('dedupe_key', 'length', 'Name the occasion, in 1 to 200 characters.') end,
    case when coalesce(jsonb_typeof(variables), '') <> 'object' or octet_length(variables::text) > 8192
      then app.field_error('variables', 'format', 'The variables are an object of at most 8 kB.') end
  ], null)
$$;

-- Tells a person something, once for each occasion (NT-06): in the app, and by mail where the kind has it and there is an address. What they
-- switched off and mail to an address that bounced is logged as suppressed. Somebody suspended is told only what is critical. Answers the
-- notice; null when they have been told before, or are not to be told.
create function app.enqueue_notification(kind text, profile_id uuid, dedupe_key text, variables jsonb default '{}') returns uuid
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  about app.notification_kinds;
  person app.profiles;
  hash bytea;
  held_back text;
  notice uuid;
begin
  perform app.refuse_fields(app.notification_errors(enqueue_notification.kind, enqueue_notification.dedupe_key, enqueue_notification.variables));
  select k.* into about from app.notification_kinds k where k.id = enqueue_notification.kind;
  select p.* into person from app.profiles p where p.id = enqueue_notification.profile_id;
  if not found then
    perform app.fail(404, 'profile.not_found', 'There is no such account.');
  end if;
  if person.suspended_at is not null and not about.is_critical then
    return null;
  end if;

  insert into app.notifications as n (kind, profile_id, dedupe_key, variables, is_in_app)
  values (
    about.id, person.id, enqueue_notification.dedupe_key, enqueue_notification.variables,
    'in_app' = any (about.channels) and app.wants_notification(person.id, about, 'in_app'))
  on conflict (dedupe_key, profile_id) do nothing
  returning n.id into notice;

  if notice is not null and 'email' = any (about.channels) and person.email is not null then
    hash := app.address_hash(person.email);
    held_back := case
      when not app.wants_notification(person.id, about, 'email') then 'preference'
      when app.is_bounced(hash) then 'address' end;
    insert into app.notification_deliveries (notification_id, kind, channel, address_hash, state, suppressed_by, finished_at)
    values (
      notice, about.id, 'email', hash, case when held_back is null then 'queued' else 'suppressed' end, held_back,
      case when held_back is not null then now() end);
  end if;
  return notice;
end
$$;

-- Whether a person wants this kind of notice by this channel: whatever is critical, and what they have not switched off (NT-04).
create function app.wants_notification(profile_id uuid, about app.notification_kinds, channel text) returns boolean
language sql stable
set search_path = ''
as $$
  select about.is_critical or coalesce((
    select p.is_enabled from app.notification_preferences p
    where p.profile_id = wants_notification.profile_id and p.kind = about.id and p.channel = wants_notification.channel), true)
$$;

-- Tells a channel of the team something, once for each occasion. Answers the notice; null when it has been told before.
create function app.enqueue_slack_notification(kind text, destination text, dedupe_key text, variables jsonb default '{}') returns uuid
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  errors jsonb[] := app.notification_errors(
    enqueue_slack_notification.kind, enqueue_slack_notification.dedupe_key, enqueue_slack_notification.variables);
  notice uuid;
begin
  if coalesce(enqueue_slack_notification.destination, '') not in ('security', 'platform', 'product', 'docs') then
    errors := errors || app.field_error('destination', 'choice', 'The channel is security, platform, product or docs.');
  end if;
  if exists (select from app.notification_kinds k where k.id = enqueue_slack_notification.kind and not 'slack' = any (k.channels)) then
    errors := errors || app.field_error('kind', 'choice', 'Notices of this kind are not for a channel of the team.');
  end if;
  perform app.refuse_fields(errors);
  insert into app.notifications as n (kind, dedupe_key, variables, is_in_app)
  values (enqueue_slack_notification.kind, enqueue_slack_notification.dedupe_key, enqueue_slack_notification.variables, false)
  on conflict (dedupe_key, profile_id) do nothing
  returning n.id into notice;
  if notice is not null then
    insert into app.notification_deliveries (notification_id, kind, channel, destination)
    values (notice, enqueue_slack_notification.kind, 'slack', enqueue_slack_notification.destination);
  end if;
  return notice;
end
$$;

-- Tells everybody of the staff whose role the kind is for, and their channel of the team. Never a coach.
create function app.notify_staff(kind text, dedupe_key text, variables jsonb, destination text) returns void
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_variable
begin
  perform app.enqueue_notification(kind, p.id, dedupe_key, variables)
  from app.profiles p
  join app.notification_kinds k on k.id = kind and p.role = any (k.audience)
  where p.role <> 'coach';
  perform app.enqueue_slack_notification(kind, destination, dedupe_key, variables);
end
$$;

grant execute on function
  app.enqueue_notification(text, uuid, text, jsonb), app.enqueue_slack_notification(text, text, text, jsonb) to mm_service;
