-- Folds one sight of a person at the identity provider, in the vendor's shape, into their profile. `at` is when they last changed there.
-- The newest sight wins, and of two at the same moment the greater, so that the order of arrival does not matter; a deleted person stays
-- deleted. Somebody who has never signed in here has no profile and gets none: the first sign-in makes it. Answers whether there is one.
create function app.apply_identity(person jsonb, at timestamptz) returns boolean
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  seen_subject text := nullif(person ->> 'id', '');
  seen_email text := (
    select left(e ->> 'email_address', 320) from jsonb_array_elements(
      case jsonb_typeof(person -> 'email_addresses') when 'array' then person -> 'email_addresses' else '[]' end) e
    where e ->> 'id' = person ->> 'primary_email_address_id' and length(e ->> 'email_address') >= 3 limit 1);
  seen_name text;
begin
  if seen_subject is null then
    raise exception using errcode = '22023', message = 'The event is about a person without an id.';
  end if;
  seen_name := left(coalesce(
    nullif(btrim(concat_ws(' ', person ->> 'first_name', person ->> 'last_name')), ''), seen_email, seen_subject), 200);

  update app.profiles p
  set email = seen_email, display_name = seen_name, identity_observed_at = at
  where p.subject = seen_subject and p.identity_deleted_at is null
    and (coalesce(p.identity_observed_at, p.last_seen_at, p.created_at), coalesce(p.email, ''), p.display_name)
        < (at, coalesce(seen_email, ''), seen_name);
  return exists (select from app.profiles p where p.subject = seen_subject);
end
$$;

-- A person whom the identity provider has deleted is suspended and all their sessions are ended; no row goes, because deleting at the
-- provider is no request to erase. Only the first such event acts: an admin who lets them in again is not overruled by its repetition.
create function app.apply_identity_deletion(subject text, at timestamptz) returns boolean
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  person app.profiles;
  reason text := current_setting('mm.reason', true);
begin
  select p.* into person from app.profiles p where p.subject = apply_identity_deletion.subject for no key update;
  if person.id is null then
    return false;
  end if;
  if person.identity_deleted_at is null then
    perform audit.explain('profile.suspended', reason);
    update app.profiles p set identity_deleted_at = at, suspended_at = coalesce(p.suspended_at, at) where p.id = person.id;
    perform audit.explain('session.denied', reason);
    update authz.sessions s set denied_at = now(), deny_reason = 'The account was deleted at the identity provider.'
    where s.profile_id = person.id and s.denied_at is null;
  elsif at < person.identity_deleted_at then
    update app.profiles p
    set identity_deleted_at = at,
        suspended_at = case when p.suspended_at = person.identity_deleted_at then at else p.suspended_at end
    where p.id = person.id;
  end if;
  return true;
end
$$;

-- A session that ended at the identity provider is on the deny-list from now on, also one that was never seen here: a token of it lives
-- on for up to a minute.
create function app.apply_session_end(session_id text, subject text) returns void
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  if coalesce(session_id, '') = '' then
    raise exception using errcode = '22023', message = 'The event is about a session without an id.';
  end if;
  perform audit.explain('session.denied', current_setting('mm.reason', true));
  insert into authz.sessions as s (id, profile_id, denied_at, deny_reason)
  values (session_id, (select p.id from app.profiles p where p.subject = apply_session_end.subject), now(),
          'Ended at the identity provider.')
  on conflict (id) do update
    set denied_at = excluded.denied_at, deny_reason = excluded.deny_reason,
        profile_id = coalesce(s.profile_id, excluded.profile_id)
    where s.denied_at is null;
end
$$;
