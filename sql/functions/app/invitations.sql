-- An invitation gives one address one role. The row comes first; the worker then has the identity provider make the invitation and send the
-- mail. What counts when somebody comes with it is the row, never what the provider says: a revoked one lets nobody in, also while the
-- provider has not heard of it.

-- What an invitation may become.
create function app.invitation_transitions() returns table (from_state text, to_state text)
language sql immutable set search_path = ''
as $$
  values ('queued', 'sent'), ('queued', 'accepted'), ('queued', 'revoked'), ('queued', 'expired'), ('queued', 'failed'),
         ('sent', 'queued'), ('sent', 'accepted'), ('sent', 'revoked'), ('sent', 'expired'),
         ('expired', 'queued'), ('failed', 'queued'), ('failed', 'revoked')
$$;

create function app.tg_invitation_only_on() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.state <> old.state
     and not exists (
       select from app.invitation_transitions() t where t.from_state = old.state and t.to_state = new.state) then
    perform app.fail(409, 'invitation.state_order', format('An invitation does not go from %s to %s.', old.state, new.state));
  end if;
  return new;
end
$$;

-- For how long an invitation can be accepted.
create function app.invitation_life() returns interval
language sql immutable set search_path = '' as $$ select interval '7 days' $$;

-- How many may be sent within 24 hours, by all administrators together: half of what the identity provider takes within one.
create function app.invitations_per_day() returns integer
language sql immutable set search_path = '' as $$ select 50 $$;

-- How often one may be sent.
create function app.max_invitation_sendings() returns integer
language sql immutable set search_path = '' as $$ select 5 $$;

-- For how long a step is its worker's: four answers of the identity provider at most, eight seconds each, and a margin.
create function app.invitation_lease() returns interval
language sql immutable set search_path = '' as $$ select interval '45 seconds' $$;

-- How often a step is taken up before it has failed: about half an hour.
create function app.max_invitation_attempts() returns integer
language sql immutable set search_path = '' as $$ select 12 $$;

-- Seconds until another invitation may be sent, or null.
create function app.invitation_wait() returns integer
language sql stable
set search_path = ''
as $$
  select greatest(ceil(extract(epoch from i.asked_at + interval '24 hours' - now())), 1)::integer
  from app.invitations i
  where i.asked_at > now() - interval '24 hours'
  order by i.asked_at desc offset app.invitations_per_day() - 1 limit 1
$$;

-- Refuses to send to an address: one that belongs to somebody here, one that has an open invitation, and every one when too many were sent.
-- `own_id` is the invitation that is to be sent again. What has run out is written down first, so that it is in nobody's way. Callers queue
-- up, so that two at the same moment cannot both find room.
create function app.check_invitation(email text, own_id uuid default null) returns void
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  wait integer;
begin
  perform pg_advisory_xact_lock(hashtextextended('mm.app.invitations', 0));
  if exists (
    select from app.profiles p where lower(p.email) = check_invitation.email and p.identity_deleted_at is null
  ) then
    perform app.fail(409, 'invitation.already_here', 'Somebody with this address has an account here already.', 'email');
  end if;
  perform audit.explain('invitation.expired');
  update app.invitations i set state = 'expired', pending_step = null, runner = null
  where i.email = check_invitation.email and i.state in ('queued', 'sent') and i.expires_at <= now() and i.id is distinct from own_id;
  perform audit.explain();
  if exists (
    select from app.invitations i
    where i.email = check_invitation.email and i.state in ('queued', 'sent') and i.id is distinct from own_id
  ) then
    perform app.fail(409, 'invitation.already_open', 'There is an open invitation for this address already.', 'email');
  end if;
  wait := app.invitation_wait();
  if wait is not null then
    perform app.fail(
      429, 'invitation.throttled', format('%s invitations were sent within 24 hours. Try again later.', app.invitations_per_day()),
      retry_after_seconds => wait);
  end if;
end
$$;

-- The invitation that an admin is about to send again or to revoke, locked.
create function app.lock_invitation(invitation_id uuid, may_be text[]) returns app.invitations
language plpgsql volatile
set search_path = ''
as $$
declare
  invitation app.invitations;
begin
  select i.* into invitation from app.invitations i where i.id = invitation_id for no key update;
  if not found then
    perform app.fail(404, 'invitation.not_found', 'There is no such invitation.');
  end if;
  if invitation.state <> all (may_be) then
    perform app.fail(409, 'invitation.ended', 'This invitation was accepted, revoked, or has expired.');
  end if;
  return invitation;
end
$$;

-- The invitation with which somebody comes who has no account here yet: the one that their account at the identity provider was made with,
-- else an open one for their address. Null when there is none. Refuses one that is revoked, has run out, was used by somebody else, or is for
-- another address. Locked, so that it is used once.
create function app.invitation_of(subject text, email text, claimed_id text) returns app.invitations
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  invitation app.invitations;
begin
  if claimed_id is null then
    select i.* into invitation from app.invitations i
    where i.email = lower(invitation_of.email) and i.state in ('queued', 'sent') and i.expires_at > now()
    for no key update;
    return invitation;
  end if;
  select i.* into invitation from app.invitations i where i.id::text = lower(claimed_id) for no key update;
  if invitation.state = 'accepted'
     and exists (select from app.profiles p where p.id = invitation.accepted_by and p.subject = invitation_of.subject) then
    -- Their other tab was quicker.
    return null;
  end if;
  if invitation.id is null or invitation.state not in ('queued', 'sent') or invitation.expires_at <= now()
     or invitation.email is distinct from lower(invitation_of.email) then
    perform app.fail(
      403, 'invitation.unusable', 'This invitation was revoked, has expired, or is for another address. Please ask an administrator for a new one.');
  end if;
  return invitation;
end
$$;

-- Claims the step that has waited longest. No row when there is none to take up. `life_seconds` is for how long it can still be accepted.
create function app.claim_invitation()
returns table (id uuid, runner uuid, step text, email text, role text, sendings integer, life_seconds integer)
language sql volatile security definer
set search_path = ''
as $$
  update app.invitations i
  set runner = gen_random_uuid(), attempts = i.attempts + 1, next_attempt_at = now() + app.invitation_lease()
  where i.id = (
    select d.id from app.invitations d
    where d.pending_step is not null and d.next_attempt_at <= now()
    order by d.next_attempt_at, d.id limit 1
    for no key update skip locked)
  returning i.id, i.runner, i.pending_step, i.email, i.role, i.sendings,
            greatest(ceil(extract(epoch from i.expires_at - now())), 0)::integer
$$;

-- The invitation of this claim, locked. Refuses a worker that lost it, and one whose step is not wanted any more.
create function app.hold_invitation(invitation_id uuid, runner uuid, step text) returns app.invitations
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  invitation app.invitations;
begin
  select i.* into invitation from app.invitations i
  where i.id = invitation_id and i.runner = hold_invitation.runner and i.pending_step = hold_invitation.step
  for no key update;
  if not found then
    perform app.fail(409, 'invitation.lost', 'This step is not wanted any more, or another process goes on with it.');
  end if;
  return invitation;
end
$$;

-- The identity provider has made the invitation, and sends the mail.
create function app.record_invitation_sent(invitation_id uuid, runner uuid, provider_id text) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  invitation app.invitations := app.hold_invitation(invitation_id, runner, 'create');
begin
  perform audit.explain('invitation.sent');
  update app.invitations i
  set state = 'sent', sent_at = now(), provider_id = left(nullif(record_invitation_sent.provider_id, ''), 200), pending_step = null,
      runner = null, attempts = 0, last_error = null
  where i.id = invitation.id;
  perform audit.explain();
  perform app.clear_alert('invitation.failing');
end
$$;

-- The identity provider knows no invitation of this row any more that could be accepted.
create function app.record_invitation_withdrawn(invitation_id uuid, runner uuid) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  invitation app.invitations := app.hold_invitation(invitation_id, runner, 'withdraw');
begin
  perform audit.explain('invitation.withdrawn');
  update app.invitations i set pending_step = null, runner = null, attempts = 0, last_error = null where i.id = invitation.id;
  perform audit.explain();
  perform app.clear_alert('invitation.failing');
end
$$;

-- The worker did not get further; `error` is a code. It is taken up again after two seconds, then twice as long each time up to five minutes,
-- never before the provider wants to be asked again. What is final, and the last attempt, ends it: an invitation that was to be sent has failed.
-- Operations are told of what the provider should have taken and did not; what it refuses for good is for the inviter to see.
create function app.delay_invitation(
  invitation_id uuid, runner uuid, step text, error text, is_final boolean, retry_after_seconds integer default null
) returns text
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  invitation app.invitations := app.hold_invitation(invitation_id, runner, step);
  is_last boolean := invitation.attempts >= app.max_invitation_attempts();
  is_over boolean := is_last or coalesce(is_final, false);
  code text := left(coalesce(nullif(btrim(error), ''), 'unknown'), 200);
begin
  perform audit.explain(case when is_over then 'invitation.failed' end);
  update app.invitations i
  set state = case when is_over and delay_invitation.step = 'create' then 'failed' else i.state end,
      pending_step = case when not is_over then i.pending_step end,
      runner = null,
      last_error = code,
      next_attempt_at = now() + make_interval(secs => least(greatest(
        least(300, power(2, least(invitation.attempts, 12))), coalesce(retry_after_seconds, 0)), 3600))
  where i.id = invitation.id;
  perform audit.explain();
  if is_last then
    perform app.raise_alert(
      'invitation.failing', 'warning', 'Invitations do not get through to the identity provider.',
      jsonb_build_object('invitationId', invitation.id, 'step', step, 'error', code), 'docs/runbooks/invitations.md');
  end if;
  return case when is_over then 'over' else 'delayed' end;
end
$$;

grant execute on function
  app.claim_invitation(), app.record_invitation_sent(uuid, uuid, text), app.record_invitation_withdrawn(uuid, uuid),
  app.delay_invitation(uuid, uuid, text, text, boolean, integer)
  to mm_service;
