-- Up Migration

create table app.upload_jobs (
  id uuid not null default uuidv7(),
  video_id uuid not null,
  coach_id uuid not null,
  mux_upload_id text,
  state text not null default 'requested',
  file_name text not null,
  file_size_bytes bigint not null,
  content_type text not null,
  error_code text,
  error_message text,
  expires_at timestamptz not null,
  requested_at timestamptz not null default now(),
  uploading_at timestamptz,
  processing_at timestamptz,
  finished_at timestamptz,
  reconciled_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint upload_jobs_pkey primary key (id),
  constraint upload_jobs_video_id_key unique (video_id),
  constraint upload_jobs_mux_upload_id_key unique (mux_upload_id),
  constraint upload_jobs_coach_id_fkey foreign key (coach_id) references app.profiles (id) on delete restrict,
  constraint upload_jobs_video_id_coach_id_fkey foreign key (video_id, coach_id)
    references app.videos (id, coach_id) on update cascade on delete restrict,
  constraint upload_jobs_state_check
    check (state in ('requested', 'uploading', 'processing', 'expired', 'cancelled', 'errored', 'ready')),
  constraint upload_jobs_file_name_check check (length(file_name) between 1 and 255),
  constraint upload_jobs_file_size_bytes_check check (file_size_bytes > 0),
  constraint upload_jobs_content_type_check check (content_type ~ '^video/[a-z0-9][a-z0-9.+-]{0,99}$')
);

create index upload_jobs_video_id_coach_id_idx on app.upload_jobs (video_id, coach_id);
create index upload_jobs_coach_id_requested_at_idx on app.upload_jobs (coach_id, requested_at desc);
create index upload_jobs_requested_at_idx on app.upload_jobs (requested_at desc, id desc);
create index upload_jobs_open_idx on app.upload_jobs (expires_at)
  where state in ('requested', 'uploading', 'processing');

alter table app.upload_jobs enable row level security;
alter table app.upload_jobs force row level security;

comment on table app.upload_jobs is 'One attempt to bring a video''s file to Mux (UP-01, UP-03). Written before Mux is asked.';
comment on column app.upload_jobs.id is 'Primary key, UUIDv7; given to Mux as `passthrough`. [class: internal]';
comment on column app.upload_jobs.video_id is 'The video this file is to become. [class: internal]';
comment on column app.upload_jobs.coach_id is 'The owner; the same as the video''s by a foreign key. [class: internal]';
comment on column app.upload_jobs.mux_upload_id is 'Mux''s id of the direct upload; null until Mux has answered. [class: sensitive]';
comment on column app.upload_jobs.state is 'requested < uploading < processing < expired < cancelled < errored < ready. Only moves up. [class: internal]';
comment on column app.upload_jobs.file_name is 'Name of the file on the coach''s disk. May be personal; not in the audit log. [class: personal; erasure: replace]';
comment on column app.upload_jobs.file_size_bytes is 'Size that the browser announced, in bytes. [class: sensitive]';
comment on column app.upload_jobs.content_type is 'Media type that the browser announced, lower-case. [class: sensitive]';
comment on column app.upload_jobs.error_code is 'Why it did not succeed: a stable code of ours, or Mux''s error type. [class: internal]';
comment on column app.upload_jobs.error_message is 'Why it did not succeed, in a sentence for the coach. [class: internal]';
comment on column app.upload_jobs.expires_at is 'Until when Mux takes bytes. [class: internal]';
comment on column app.upload_jobs.requested_at is 'When the coach asked. [class: internal]';
comment on column app.upload_jobs.uploading_at is 'When Mux had given an address to send the file to. [class: internal]';
comment on column app.upload_jobs.processing_at is 'When Mux had the whole file. [class: internal]';
comment on column app.upload_jobs.finished_at is 'When the present end state was reached: expired, cancelled, errored or ready. [class: internal]';
comment on column app.upload_jobs.reconciled_at is 'When a worker last claimed the job to ask Mux about it. [class: internal]';
comment on column app.upload_jobs.updated_at is 'Last change of the row. [class: internal]';
