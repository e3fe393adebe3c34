-- The caller's id at the identity provider; null without a token.
create function authz.subject() returns text
language sql stable
set search_path = ''
as $$
  select nullif(authz.claims() ->> 'sub', '')
$$;

grant execute on function authz.subject() to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
