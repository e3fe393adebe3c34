create view api.consent_notices with (security_invoker = true) as
select n.id, n.jurisdiction, n.version, n.title, n.body, case when n.approved_at is null then 'draft' else 'approved' end as status,
       n.created_at, n.created_by, n.approved_at, n.approved_by
from app.consent_notices n;

comment on view api.consent_notices is 'Every version of what people are told before they consent; for everybody who is signed in.';
comment on column api.consent_notices.status is 'draft: to be approved by the Compliance Officer; approved.';
grant select on api.consent_notices to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

-- The notice that is shown now (CO-11); for everybody, signed in or not.
create function api.consent_notice(
  jurisdiction text, out id uuid, out version integer, out title text, out body text, out categories text[], out status text
)
language plpgsql stable security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  if coalesce(consent_notice.jurisdiction, '') not in ('AU', 'US', 'EU') then
    perform app.refuse_fields(array[app.field_error('jurisdiction', 'choice', 'The jurisdiction is AU, US or EU.')]);
  end if;
  select n.id, n.version, n.title, n.body, array['analytics', 'performance'], case when n.approved_at is null then 'draft' else 'approved' end
  into consent_notice.id, consent_notice.version, consent_notice.title, consent_notice.body, consent_notice.categories, consent_notice.status
  from app.current_notice(consent_notice.jurisdiction) n;
end
$$;

comment on function api.consent_notice(text) is
  'The consent notice of a jurisdiction (AU, US, EU) that is shown now, what may be agreed to, and whether the text is a draft or approved.';
grant execute on function api.consent_notice(text) to mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

create view api.my_consents with (security_invoker = true) as
select c.id, (select n.jurisdiction from app.consent_notices n where n.id = c.notice_id) as jurisdiction,
       (select n.version from app.consent_notices n where n.id = c.notice_id) as notice_version, c.notice_id, c.action, c.categories,
       c.decided_at, c.superseded_at
from app.consents c
where c.profile_id = (select authz.profile_id());

comment on view api.my_consents is 'What the caller decided about optional processing, every time: also their export (CO-12). The one without superseded_at stands.';
grant select on api.my_consents to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

create view api.consents with (security_invoker = true) as
select c.id, c.profile_id, c.browser_id, (select n.jurisdiction from app.consent_notices n where n.id = c.notice_id) as jurisdiction,
       (select n.version from app.consent_notices n where n.id = c.notice_id) as notice_version, c.notice_id, c.action, c.categories,
       c.decided_at, c.superseded_at
from app.consents c;

comment on view api.consents is 'What people and browsers decided about optional processing; for compliance staff.';
grant select on api.consents to mm_compliance;

-- Records what the caller answers to the notice that is shown now: what they agree to, or nothing, which is a refusal (CO-10, CO-12).
create function api.record_consent(notice_id uuid, categories text[])
returns table (id uuid, action text, agreed_to text[], decided_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  return query
    select a.id, a.action, a.categories, a.decided_at
    from app.answer_notice(authz.require_profile(), null, record_consent.notice_id, record_consent.categories) a;
end
$$;

-- Takes the caller's consent back, at once.
create function api.withdraw_consent() returns table (id uuid, action text, decided_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  return query
    select w.id, w.action, w.decided_at from app.write_consent(authz.require_profile(), null, null, 'withdrawn', '{}') w;
end
$$;

comment on function api.record_consent(uuid, text[]) is 'Records what the caller agrees to of the notice that is shown now; nothing is a refusal.';
comment on function api.withdraw_consent() is 'Takes the caller''s consent back.';
grant execute on function api.record_consent(uuid, text[]), api.withdraw_consent()
  to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
