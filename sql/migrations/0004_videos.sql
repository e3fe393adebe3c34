-- Up Migration

create table app.videos (
  id uuid not null default uuidv7(),
  coach_id uuid not null,
  title text not null,
  description text,
  status text not null default 'uploading',
  duration_seconds numeric,
  aspect_ratio text,
  error_code text,
  error_message text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  ready_at timestamptz,
  deleted_at timestamptz,
  version integer not null default 1,
  constraint videos_pkey primary key (id),
  -- Lets other tables prove by a foreign key that their coach is the video's coach.
  constraint videos_id_coach_id_key unique (id, coach_id),
  constraint videos_coach_id_fkey foreign key (coach_id) references app.profiles (id) on delete restrict,
  constraint videos_title_check check (length(title) between 1 and 200 and title = btrim(title)),
  constraint videos_description_check check (length(description) <= 2000),
  constraint videos_status_check check (status in ('uploading', 'processing', 'cancelled', 'errored', 'ready', 'deleted')),
  constraint videos_duration_seconds_check check (duration_seconds >= 0)
);

create index videos_coach_id_created_at_idx on app.videos (coach_id, created_at desc, id desc);
create index videos_created_at_idx on app.videos (created_at desc, id desc);

alter table app.videos enable row level security;
alter table app.videos force row level security;

comment on table app.videos is 'A training video of a coach. Its media live at Mux; this row is what people see and share.';
comment on column app.videos.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.videos.coach_id is 'The owner. Never changes by an update. [class: internal]';
comment on column app.videos.title is 'What the owner calls it; 1 to 200 characters. [class: personal; erasure: replace]';
comment on column app.videos.description is 'The owner''s notes; at most 2,000 characters. [class: personal; erasure: clear]';
comment on column app.videos.status is 'uploading < processing < cancelled < errored < ready < deleted. Only moves up, so that events may come in any order. [class: internal]';
comment on column app.videos.duration_seconds is 'Length of the video, as Mux measured it. [class: sensitive]';
comment on column app.videos.aspect_ratio is 'Width to height, such as 16:9. [class: sensitive]';
comment on column app.videos.error_code is 'Why it failed: a stable code. Null unless status is errored. [class: internal]';
comment on column app.videos.error_message is 'Why it failed, in a sentence for the owner. Null unless status is errored. [class: internal]';
comment on column app.videos.created_at is 'When the upload was asked for. [class: internal]';
comment on column app.videos.updated_at is 'Last change of the row. [class: internal]';
comment on column app.videos.ready_at is 'When Mux reported it playable. [class: internal]';
comment on column app.videos.deleted_at is 'When Mux reported its media deleted. [class: internal]';
comment on column app.videos.version is 'Counts changes of the row; lets a writer notice that somebody else was faster. [class: internal]';
