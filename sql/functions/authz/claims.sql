-- The verified claims of the caller's token, as the door set them for this transaction; null without a token.
-- An unset setting reads as an empty string in a session that has set it once, and '' is no JSON.
create function authz.claims() returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  return nullif(current_setting('request.jwt.claims', true), '')::jsonb;
end
$$;

grant execute on function authz.claims() to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
