-- The rule of a filter of share links: an object with at least one criterion, each of its kind.
create function app.share_filter_errors(filter jsonb) returns jsonb[]
language sql stable
set search_path = ''
as $$
  select case
    when filter is null then '{}'
    when jsonb_typeof(filter) <> 'object' then array[app.field_error('filter', 'type', 'A filter is an object.')]
    when filter = '{}' then array[app.field_error('filter', 'required', 'Name at least one criterion.')]
    else (
      select coalesce(array_agg(app.field_error('filter/' || c.name, wrong.code, wrong.detail) order by c.name), '{}')
      from jsonb_each(filter) c (name, value)
      cross join lateral (
        select c.value #>> '{}' as text, jsonb_typeof(c.value) = 'string' as is_text
      ) given
      cross join lateral (
        select case
          when c.name not in (
            'status', 'search', 'label', 'video_id', 'coach_id', 'recipient', 'created_from', 'created_before', 'expires_from',
            'expires_before') then 'unknown'
          when not given.is_text or length(btrim(given.text)) not between 1 and 200 then 'length'
          when c.name = 'status' and given.text not in ('active', 'scheduled') then 'choice'
          when c.name in ('video_id', 'coach_id') and not pg_catalog.pg_input_is_valid(given.text, 'uuid') then 'format'
          when c.name ~ '_(from|before)$' and not pg_catalog.pg_input_is_valid(given.text, 'timestamptz') then 'format'
        end as code
      ) judged
      cross join lateral (
        select judged.code, case judged.code
          when 'unknown' then 'Links cannot be chosen by this.'
          when 'length' then 'Write 1 to 200 characters.'
          when 'choice' then 'Links that live are active or scheduled.'
          else 'Write an id, or a moment such as 2026-05-03T00:00:00Z.' end as detail
      ) wrong
      where wrong.code is not null)
  end
$$;

-- The share links that a bulk revocation means: live or not yet started, the caller's own or for an admin anybody's, and among the ids, of
-- the video, of the coach, and matching the filter, whichever is given. Refused when nothing is given: everything is never meant by
-- leaving things out.
--
-- A filter has any of: status (active or scheduled); search (a part of the label, the video's title, the coach's name or the public id);
-- label (a part of it); video_id; coach_id; recipient (an address, or a domain such as @club.example, that the link is for); created_from,
-- created_before, expires_from, expires_before. All must hold. Upper and lower case are the same.
create function app.choose_tokens(token_ids uuid[], of_video_id uuid, of_coach_id uuid, filter jsonb) returns setof app.share_tokens
language plpgsql stable
set search_path = ''
as $$
declare
  me uuid := authz.require_profile();
  is_admin boolean := authz.caller_role() = 'mm_admin';
  wanted_status text := filter ->> 'status';
  wanted_text text := lower(btrim(filter ->> 'search'));
  wanted_label text := lower(btrim(filter ->> 'label'));
  wanted_recipient text := lower(btrim(filter ->> 'recipient'));
begin
  if token_ids is null and of_video_id is null and of_coach_id is null and filter is null then
    perform app.refuse_fields(array[
      app.field_error('token_ids', 'required', 'Say which links: by their ids, by a video, by a coach or by a filter.')]);
  end if;
  perform app.refuse_fields(
    app.share_filter_errors(filter)
    || case when cardinality(token_ids) not between 1 and 1000 or not app.is_flat(token_ids)
      then array[app.field_error('token_ids', 'range', 'Choose between 1 and 1,000 links.')] else '{}' end);
  return query
    select t.* from app.share_tokens t
    where (is_admin or t.coach_id = me)
      and t.revoked_at is null and t.expires_at > now()
      and (token_ids is null or t.id = any (token_ids))
      and (of_video_id is null or t.video_id = of_video_id)
      and (of_coach_id is null or t.coach_id = of_coach_id)
      and (filter is null or (
        (wanted_status is null or (wanted_status = 'scheduled') = coalesce(t.starts_at > now(), false))
        and (wanted_text is null
          or position(wanted_text in lower(t.label)) > 0 or position(wanted_text in lower(t.public_id)) > 0
          or exists (select from app.videos v where v.id = t.video_id and position(wanted_text in lower(v.title)) > 0)
          or exists (select from app.profiles p where p.id = t.coach_id and position(wanted_text in lower(p.display_name)) > 0))
        and (wanted_label is null or position(wanted_label in lower(t.label)) > 0)
        and (wanted_recipient is null or exists (
          select from app.share_recipients r
          where r.share_token_id = t.id and r.value = ltrim(wanted_recipient, '@')
            and r.kind = case when wanted_recipient like '@%' then 'domain' else 'email' end))
        and (filter ->> 'video_id' is null or t.video_id = (filter ->> 'video_id')::uuid)
        and (filter ->> 'coach_id' is null or t.coach_id = (filter ->> 'coach_id')::uuid)
        and (filter ->> 'created_from' is null or t.created_at >= (filter ->> 'created_from')::timestamptz)
        and (filter ->> 'created_before' is null or t.created_at < (filter ->> 'created_before')::timestamptz)
        and (filter ->> 'expires_from' is null or t.expires_at >= (filter ->> 'expires_from')::timestamptz)
        and (filter ->> 'expires_before' is null or t.expires_at < (filter ->> 'expires_before')::timestamptz)));
end
$$;

-- The same, locked in the order of their ids, as every other revocation locks, so that two that overlap wait instead of deadlocking; for
-- whoever said how many the preview showed: when the choice has changed since, nothing happens.
create function app.lock_chosen_tokens(
  token_ids uuid[], of_video_id uuid, of_coach_id uuid, filter jsonb, expected_count integer
) returns uuid[]
language plpgsql volatile
set search_path = ''
as $$
declare
  chosen uuid[];
begin
  perform from app.share_tokens t
  where t.id in (select c.id from app.choose_tokens(token_ids, of_video_id, of_coach_id, filter) c)
  order by t.id for no key update;
  -- Chosen again: while this waited for the locks, somebody else may have revoked some.
  select coalesce(array_agg(c.id order by c.id), '{}') into chosen
  from app.choose_tokens(token_ids, of_video_id, of_coach_id, filter) c;
  if cardinality(chosen) is distinct from expected_count then
    perform app.fail(
      409, 'share.selection_changed',
      format('The choice holds %s live links now, not %s. Please look at the preview again.', cardinality(chosen), expected_count));
  end if;
  return chosen;
end
$$;
