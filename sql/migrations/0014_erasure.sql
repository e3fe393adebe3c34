-- Up Migration

create table app.legal_holds (
  id uuid not null default uuidv7(),
  profile_id uuid not null,
  reason text not null,
  placed_by uuid not null,
  placed_at timestamptz not null default now(),
  lifted_by uuid,
  lifted_at timestamptz,
  lift_reason text,
  constraint legal_holds_pkey primary key (id),
  constraint legal_holds_profile_id_fkey foreign key (profile_id) references app.profiles (id) on delete restrict,
  constraint legal_holds_placed_by_fkey foreign key (placed_by) references app.profiles (id) on delete restrict,
  constraint legal_holds_lifted_by_fkey foreign key (lifted_by) references app.profiles (id) on delete restrict,
  constraint legal_holds_reason_check check (length(reason) between 3 and 500),
  constraint legal_holds_lifted_check check (
    (lifted_at is null and lifted_by is null and lift_reason is null)
    or (lifted_at is not null and lifted_by is not null and length(lift_reason) between 3 and 500))
);

create unique index legal_holds_standing_idx on app.legal_holds (profile_id) where lifted_at is null;
create index legal_holds_profile_id_idx on app.legal_holds (profile_id);
create index legal_holds_placed_by_idx on app.legal_holds (placed_by);
create index legal_holds_lifted_by_idx on app.legal_holds (lifted_by);
create index legal_holds_placed_at_idx on app.legal_holds (placed_at desc, id desc);

alter table app.legal_holds enable row level security;
alter table app.legal_holds force row level security;

comment on table app.legal_holds is 'Duties to keep a person''s data for the time being: while one stands, no erasure of theirs is approved (CO-06).';
comment on column app.legal_holds.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.legal_holds.profile_id is 'Whose data are held. [class: internal]';
comment on column app.legal_holds.reason is 'Why; 3 to 500 characters. [class: personal; erasure: replace]';
comment on column app.legal_holds.placed_by is 'Who placed it. [class: internal]';
comment on column app.legal_holds.placed_at is 'Since when. [class: internal]';
comment on column app.legal_holds.lifted_by is 'Who lifted it. [class: internal]';
comment on column app.legal_holds.lifted_at is 'Until when; null while it stands. [class: internal]';
comment on column app.legal_holds.lift_reason is 'Why it was lifted; 3 to 500 characters. [class: personal; erasure: replace]';

create table app.erasure_requests (
  id uuid not null default uuidv7(),
  profile_id uuid not null,
  state text not null default 'requested',
  reason text not null,
  requested_by uuid not null,
  requested_at timestamptz not null default now(),
  due_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  constraint erasure_requests_pkey primary key (id),
  constraint erasure_requests_profile_id_fkey foreign key (profile_id) references app.profiles (id) on delete restrict,
  constraint erasure_requests_requested_by_fkey foreign key (requested_by) references app.profiles (id) on delete restrict,
  constraint erasure_requests_decided_by_fkey foreign key (decided_by) references app.profiles (id) on delete restrict,
  constraint erasure_requests_state_check check (state in ('requested', 'withdrawn', 'declined', 'approved')),
  constraint erasure_requests_reason_check check (length(reason) between 3 and 500),
  constraint erasure_requests_decided_check check (
    (state = 'requested' and decided_by is null and decided_at is null and decision_reason is null)
    or (state <> 'requested' and decided_by is not null and decided_at is not null and length(decision_reason) between 3 and 500))
);

create unique index erasure_requests_open_idx on app.erasure_requests (profile_id) where state in ('requested', 'approved');
create index erasure_requests_profile_id_idx on app.erasure_requests (profile_id, requested_at desc);
create index erasure_requests_requested_by_idx on app.erasure_requests (requested_by);
create index erasure_requests_decided_by_idx on app.erasure_requests (decided_by);
create index erasure_requests_requested_at_idx on app.erasure_requests (requested_at desc, id desc);

alter table app.erasure_requests enable row level security;
alter table app.erasure_requests force row level security;

comment on table app.erasure_requests is 'Requests to erase a person''s data, and what was decided (CO-01).';
comment on column app.erasure_requests.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.erasure_requests.profile_id is 'Whose data. [class: internal]';
comment on column app.erasure_requests.state is 'requested, then withdrawn, declined or approved. [class: internal]';
comment on column app.erasure_requests.reason is 'What the request said; 3 to 500 characters. [class: personal; erasure: replace]';
comment on column app.erasure_requests.requested_by is 'The person themself, or the compliance officer whom they asked. [class: internal]';
comment on column app.erasure_requests.requested_at is 'When it was made. [class: internal]';
comment on column app.erasure_requests.due_at is 'By when it must have been carried out: 24 hours. [class: internal]';
comment on column app.erasure_requests.decided_by is 'Who approved, declined or withdrew it. [class: internal]';
comment on column app.erasure_requests.decided_at is 'When. [class: internal]';
comment on column app.erasure_requests.decision_reason is 'Why; 3 to 500 characters. [class: personal; erasure: replace]';

create table app.erasure_steps (
  id uuid not null default uuidv7(),
  request_id uuid not null,
  profile_id uuid not null,
  table_name text not null,
  column_name text not null,
  action text not null,
  planned_at timestamptz not null default now(),
  constraint erasure_steps_pkey primary key (id),
  constraint erasure_steps_request_id_table_name_column_name_key unique (request_id, table_name, column_name),
  constraint erasure_steps_request_id_fkey foreign key (request_id) references app.erasure_requests (id) on delete cascade,
  constraint erasure_steps_profile_id_fkey foreign key (profile_id) references app.profiles (id) on delete restrict,
  constraint erasure_steps_action_check check (action in ('clear', 'replace', 'delete', 'expire', 'keep'))
);

create index erasure_steps_profile_id_idx on app.erasure_steps (profile_id);

alter table app.erasure_steps enable row level security;
alter table app.erasure_steps force row level security;

comment on table app.erasure_steps is 'The plan of an approved erasure: one step for each personal column of the data catalogue as it was then.';
comment on column app.erasure_steps.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.erasure_steps.request_id is 'The request. [class: internal]';
comment on column app.erasure_steps.profile_id is 'Whose data. [class: internal]';
comment on column app.erasure_steps.table_name is 'Table, with its schema. [class: internal]';
comment on column app.erasure_steps.column_name is 'Column. [class: internal]';
comment on column app.erasure_steps.action is 'What erasing does to it: clear, replace, delete, expire or keep. [class: internal]';
comment on column app.erasure_steps.planned_at is 'When the plan was made: at the approval. [class: internal]';
