-- What belongs to the database itself. PostgreSQL does not copy these when it makes a database from a template, so this file is run
-- again for a copy (prepareDatabase in sql/src).
do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to mm_authenticator, mm_service', current_database());
  execute format('grant connect, create on database %I to mm_owner', current_database());
end
$$;
