-- The caller's id at the identity provider; null without a token.
create function authz.subject() returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return nullif(authz.claims() ->> 'sub', '');
end
$$;

grant execute on function authz.subject() to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
