-- Writes the next version of a consent notice, as a draft; and approves one, which is shown from then on (CO-11). For compliance staff.
create function api.add_consent_notice(jurisdiction text, title text, body text, out id uuid, out version integer)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
begin
  perform app.refuse_fields(array_remove(array[
    case when coalesce(add_consent_notice.jurisdiction, '') not in ('AU', 'US', 'EU')
      then app.field_error('jurisdiction', 'choice', 'The jurisdiction is AU, US or EU.') end,
    case when coalesce(length(btrim(add_consent_notice.title)), 0) not between 1 and 200
      then app.field_error('title', 'length', 'Give the notice a title of 1 to 200 characters.') end,
    case when coalesce(length(btrim(add_consent_notice.body)), 0) not between 1 and 20000
      then app.field_error('body', 'length', 'Give the notice a text of 1 to 20,000 characters.') end
  ], null));
  perform pg_advisory_xact_lock(hashtextextended('mm.consent_notices:' || add_consent_notice.jurisdiction, 0));
  insert into app.consent_notices as n (jurisdiction, version, title, body, created_by)
  select add_consent_notice.jurisdiction, coalesce(max(o.version), 0) + 1, btrim(add_consent_notice.title), btrim(add_consent_notice.body), me
  from app.consent_notices o where o.jurisdiction = add_consent_notice.jurisdiction
  returning n.id, n.version into add_consent_notice.id, add_consent_notice.version;
end
$$;

create function api.approve_consent_notice(notice_id uuid, reason text, out id uuid, out approved_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  notice app.consent_notices;
begin
  perform app.refuse_fields(app.reason_errors(approve_consent_notice.reason));
  select n.* into notice from app.consent_notices n where n.id = notice_id for no key update;
  if not found then
    perform app.fail(404, 'consent.notice_not_found', 'There is no such consent notice.');
  end if;
  if notice.approved_at is not null then
    perform app.fail(409, 'consent.notice_approved', 'This notice has been approved before.');
  end if;
  if exists (
    select from app.consent_notices n
    where n.jurisdiction = notice.jurisdiction and n.version > notice.version and n.approved_at is not null
  ) then
    perform app.fail(409, 'consent.notice_superseded', 'A newer version of this notice has been approved.');
  end if;
  perform audit.explain('consent_notice.approved', btrim(approve_consent_notice.reason));
  update app.consent_notices n set approved_at = now(), approved_by = me where n.id = notice.id
  returning n.id, n.approved_at into approve_consent_notice.id, approve_consent_notice.approved_at;
  perform audit.explain();
end
$$;

comment on function api.add_consent_notice(text, text, text) is 'Writes the next version of a consent notice, as a draft.';
comment on function api.approve_consent_notice(uuid, text) is 'Approves a consent notice, which is shown from then on.';
grant execute on function api.add_consent_notice(text, text, text), api.approve_consent_notice(uuid, text) to mm_compliance;
