-- Up Migration

create table app.retention_policies (
  id text not null,
  keep_days integer not null,
  default_days integer not null,
  changed_at timestamptz not null default now(),
  changed_by uuid,
  reason text,
  constraint retention_policies_pkey primary key (id),
  constraint retention_policies_changed_by_fkey foreign key (changed_by) references app.profiles (id) on delete restrict,
  constraint retention_policies_keep_days_check check (keep_days between 1 and 3650),
  constraint retention_policies_reason_check check (length(reason) between 3 and 500)
);

create index retention_policies_changed_by_idx on app.retention_policies (changed_by);

alter table app.retention_policies enable row level security;
alter table app.retention_policies force row level security;

comment on table app.retention_policies is 'For how long the rows of the monthly tables are kept (CO-04). A month goes when its last row is older.';
comment on column app.retention_policies.id is 'Primary key: the table, of the schema app. [class: internal]';
comment on column app.retention_policies.keep_days is 'Days that a row is kept at least; 1 to 3,650. [class: internal]';
comment on column app.retention_policies.default_days is 'The figure of the requirements. [class: internal]';
comment on column app.retention_policies.changed_at is 'When it was changed last. [class: internal]';
comment on column app.retention_policies.changed_by is 'Who changed it last; null as delivered. [class: internal]';
comment on column app.retention_policies.reason is 'Why it was changed last; 3 to 500 characters. [class: personal; erasure: clear]';

insert into app.retention_policies (id, keep_days, default_days)
values ('playback_decisions', 365, 365), ('webhook_events', 90, 90);

create table app.dropped_months (
  id uuid not null default uuidv7(),
  table_name text not null,
  month_begins_at timestamptz not null,
  row_count bigint not null,
  keep_days integer not null,
  dropped_at timestamptz not null default now(),
  constraint dropped_months_pkey primary key (id),
  constraint dropped_months_row_count_check check (row_count >= 0)
);

create index dropped_months_month_begins_at_idx on app.dropped_months (month_begins_at desc, id desc);

alter table app.dropped_months enable row level security;
alter table app.dropped_months force row level security;

comment on table app.dropped_months is 'What retention has removed: one row for each month of a table.';
comment on column app.dropped_months.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.dropped_months.table_name is 'The table, of the schema app. [class: internal]';
comment on column app.dropped_months.month_begins_at is 'Begin of the month, in UTC. [class: internal]';
comment on column app.dropped_months.row_count is 'How many rows it held. [class: internal]';
comment on column app.dropped_months.keep_days is 'The rule by which it went. [class: internal]';
comment on column app.dropped_months.dropped_at is 'When. [class: internal]';
