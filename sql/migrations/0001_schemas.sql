-- Up Migration

-- Nothing that the owner makes is executable by everybody. This must be global: with IN SCHEMA it would only add privileges.
alter default privileges for role mm_owner revoke execute on functions from public;

create schema app;
comment on schema app is 'The durable tables and the functions that keep them right. Row-level security on every table.';

create schema authz;
comment on schema authz is 'Who is asking: stable helpers that the policies call, and the check before every request.';

create schema audit;
comment on schema audit is 'What was done, by whom, when and why. Append-only.';

-- Nobody may use this schema: a month is reached only through its table, and so through the table's policies.
create schema app_months;
comment on schema app_months is 'The monthly partitions of tables, made ahead by app.ensure_months(). No role uses it.';

-- The job queue's own schema. Its tables are made by deploy from pg-boss's construction plan.
create schema pgboss;
comment on schema pgboss is 'Tables of the job queue pg-boss, made from its own construction and migration plans.';

grant usage on schema app, authz to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
grant usage on schema authz to mm_anon;
grant usage on schema audit to mm_coach, mm_admin, mm_compliance, mm_auditor;
grant usage on schema pgboss to mm_service;

-- pg-boss runs as mm_service with migrate: false: it reads and writes rows, and owns nothing.
alter default privileges for role mm_owner in schema pgboss grant select, insert, update, delete on tables to mm_service;
alter default privileges for role mm_owner in schema pgboss grant execute on functions to mm_service;
