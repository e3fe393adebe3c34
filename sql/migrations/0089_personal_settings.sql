-- Up Migration

create table app.preferences (
  id uuid not null default uuidv7(),
  profile_id uuid not null,
  time_zone text,
  language text,
  density text not null default 'comfortable',
  updated_at timestamptz not null default now(),
  constraint preferences_pkey primary key (id),
  constraint preferences_profile_id_key unique (profile_id),
  constraint preferences_profile_id_fkey foreign key (profile_id) references app.profiles (id) on delete restrict,
  constraint preferences_time_zone_check check (length(time_zone) between 1 and 64),
  constraint preferences_language_check check (language in ('en-AU', 'de')),
  constraint preferences_density_check check (density in ('comfortable', 'compact'))
);

alter table app.preferences enable row level security;
alter table app.preferences force row level security;

comment on table app.preferences is 'How the back office shows itself to a person. No row: as their device has it.';
comment on column app.preferences.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.preferences.profile_id is 'Whose preferences. [class: internal]';
comment on column app.preferences.time_zone is 'The zone that times are shown in, such as Australia/Sydney; null: the device''s. [class: personal; erasure: delete]';
comment on column app.preferences.language is 'en-AU or de; null: the device''s. [class: personal; erasure: delete]';
comment on column app.preferences.density is 'comfortable or compact: how close rows stand. [class: personal; erasure: delete]';
comment on column app.preferences.updated_at is 'When they chose last. [class: internal]';

create table app.saved_views (
  id uuid not null default uuidv7(),
  profile_id uuid not null,
  list text not null,
  name text not null,
  query text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint saved_views_pkey primary key (id),
  constraint saved_views_profile_id_list_name_key unique (profile_id, list, name),
  constraint saved_views_profile_id_fkey foreign key (profile_id) references app.profiles (id) on delete restrict,
  constraint saved_views_list_check check (list ~ '^[a-z][a-z_]{0,59}$'),
  constraint saved_views_name_check check (length(name) between 1 and 60 and name = btrim(name)),
  constraint saved_views_query_check check (length(query) <= 2000)
);

create index saved_views_profile_id_created_at_idx on app.saved_views (profile_id, created_at desc, id desc);

alter table app.saved_views enable row level security;
alter table app.saved_views force row level security;

comment on table app.saved_views is 'Views of lists that a person has given a name: filters, order and columns, as they stand in the address of the list.';
comment on column app.saved_views.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.saved_views.profile_id is 'Whose view; nobody else sees it. [class: internal]';
comment on column app.saved_views.list is 'The list it is of, such as share_tokens. [class: internal]';
comment on column app.saved_views.name is 'What they call it; 1 to 60 characters, once for each list. [class: personal; erasure: delete]';
comment on column app.saved_views.query is 'The query of the list''s address, such as status=active&sort=-expires_at; at most 2,000 characters. [class: personal; erasure: delete]';
comment on column app.saved_views.created_at is 'When it was saved first. [class: internal]';
comment on column app.saved_views.updated_at is 'When it was saved last. [class: internal]';
