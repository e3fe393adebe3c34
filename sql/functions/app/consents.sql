-- The notice that people are shown: the newest that is approved, and before there is one the newest draft.
create function app.current_notice(jurisdiction text) returns app.consent_notices
language sql stable
set search_path = ''
as $$
  select n from app.consent_notices n
  where n.jurisdiction = current_notice.jurisdiction
  order by n.approved_at is null, n.version desc
  limit 1
$$;

-- Writes down a decision about optional processing, of a person or of a browser, in the place of the one that stands. Nothing agreed to is a
-- refusal. One at a time for each, so that one stands. A browser that sends the same again, since the answer was lost on its way, is told what
-- stands.
create function app.write_consent(profile_id uuid, browser_id uuid, notice_id uuid, action text, categories text[]) returns app.consents
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  moment timestamptz;
  standing app.consents;
  written app.consents;
begin
  perform pg_advisory_xact_lock(hashtextextended('mm.consents:' || coalesce(write_consent.profile_id, write_consent.browser_id), 0));
  moment := clock_timestamp();
  select c.* into standing from app.consents c
  where c.superseded_at is null and (c.profile_id = write_consent.profile_id or c.browser_id = write_consent.browser_id);
  if write_consent.browser_id is not null and standing.action = write_consent.action
    and standing.notice_id = coalesce(write_consent.notice_id, standing.notice_id)
    and standing.categories = array(select distinct x from unnest(write_consent.categories) x order by 1) then
    return standing;
  end if;
  if action = 'withdrawn' and standing.action is distinct from 'given' then
    perform app.fail(409, 'consent.none_given', 'There is no consent to withdraw.');
  end if;

  perform audit.explain('consent.' || write_consent.action);
  update app.consents c set superseded_at = greatest(moment, c.decided_at) where c.id = standing.id;
  insert into app.consents as c (profile_id, browser_id, notice_id, action, categories, decided_at)
  values (
    write_consent.profile_id, write_consent.browser_id, coalesce(write_consent.notice_id, standing.notice_id), write_consent.action,
    array(select distinct x from unnest(write_consent.categories) x order by 1), greatest(moment, standing.decided_at))
  returning c.* into written;
  perform audit.explain();
  return written;
end
$$;

-- The same for what somebody answers to a notice: it must be the one that is shown now, so that nobody agrees to a text that has changed.
create function app.answer_notice(profile_id uuid, browser_id uuid, notice_id uuid, categories text[]) returns app.consents
language plpgsql volatile
set search_path = ''
as $$
declare
  notice app.consent_notices;
begin
  if categories is null or not app.is_flat(categories) or not categories <@ array['analytics', 'performance'] then
    perform app.refuse_fields(array[
      app.field_error('categories', 'choice', 'Name what is agreed to: analytics, performance, both or none.')]);
  end if;
  select n.* into notice from app.consent_notices n where n.id = answer_notice.notice_id;
  if not found then
    perform app.fail(404, 'consent.notice_not_found', 'There is no such consent notice.');
  end if;
  if notice.id <> (app.current_notice(notice.jurisdiction)).id then
    perform app.fail(409, 'consent.notice_superseded', 'The notice has changed. Please read the new one.');
  end if;
  return app.write_consent(
    answer_notice.profile_id, answer_notice.browser_id, notice.id,
    case when cardinality(categories) > 0 then 'given' else 'refused' end, categories);
end
$$;

-- What the api does for a browser in which nobody is signed in: it keeps a random id. Recording, withdrawing, exporting, erasing.
create function app.record_browser_consent(browser_id uuid, notice_id uuid, categories text[])
returns table (id uuid, action text, decided_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  if record_browser_consent.browser_id is null then
    perform app.refuse_fields(array[app.field_error('browser_id', 'required', 'Say which browser.')]);
  end if;
  return query
    select a.id, a.action, a.decided_at
    from app.answer_notice(
      null, record_browser_consent.browser_id, record_browser_consent.notice_id, record_browser_consent.categories) a;
end
$$;

create function app.withdraw_browser_consent(browser_id uuid) returns table (id uuid, action text, decided_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  if withdraw_browser_consent.browser_id is null then
    perform app.refuse_fields(array[app.field_error('browser_id', 'required', 'Say which browser.')]);
  end if;
  return query
    select w.id, w.action, w.decided_at
    from app.write_consent(null, withdraw_browser_consent.browser_id, null, 'withdrawn', '{}') w;
end
$$;

create function app.browser_consents(browser_id uuid)
returns table (
  id uuid, jurisdiction text, notice_version integer, action text, categories text[], decided_at timestamptz, superseded_at timestamptz
)
language sql stable security definer
set search_path = ''
as $$
  select c.id, n.jurisdiction, n.version, c.action, c.categories, c.decided_at, c.superseded_at
  from app.consents c
  join app.consent_notices n on n.id = c.notice_id
  where c.browser_id = browser_consents.browser_id
  order by c.decided_at desc, c.id desc
$$;

create function app.erase_browser_consents(browser_id uuid) returns integer
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  erased integer;
begin
  delete from app.consents c where c.browser_id = erase_browser_consents.browser_id;
  get diagnostics erased = row_count;
  return erased;
end
$$;

grant execute on function
  app.record_browser_consent(uuid, uuid, text[]), app.withdraw_browser_consent(uuid), app.browser_consents(uuid),
  app.erase_browser_consents(uuid) to mm_service;
