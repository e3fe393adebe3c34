-- The one schema that PostgREST serves. It is disposable: dropped and rebuilt whole whenever a file of it changes, so that what is not
-- in the repository is not in the database. Without a token somebody may enter it, and find there what is granted to mm_anon by name.
create schema api;
comment on schema api is 'The product''s interface: views and functions. Nothing here stores anything.';
grant usage on schema api to mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
