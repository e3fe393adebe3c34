-- Up Migration

-- Append-only, and without a foreign key to the request's steps: the receipt holds what they said.
create table app.erasure_receipts (
  id uuid not null default uuidv7(),
  request_id uuid not null,
  profile_id uuid not null,
  completed_at timestamptz not null,
  body text not null,
  sha256 bytea not null,
  constraint erasure_receipts_pkey primary key (id),
  constraint erasure_receipts_request_id_key unique (request_id),
  constraint erasure_receipts_request_id_fkey foreign key (request_id) references app.erasure_requests (id) on delete restrict,
  constraint erasure_receipts_profile_id_fkey foreign key (profile_id) references app.profiles (id) on delete restrict,
  constraint erasure_receipts_body_check check (body is json object),
  constraint erasure_receipts_sha_check check (sha256 = pg_catalog.sha256(convert_to(body, 'UTF8')))
);

create index erasure_receipts_profile_id_idx on app.erasure_receipts (profile_id);
create index erasure_receipts_completed_at_idx on app.erasure_receipts (completed_at desc, id desc);

alter table app.erasure_receipts enable row level security;
alter table app.erasure_receipts force row level security;

comment on table app.erasure_receipts is 'Receipts of completed erasures: every step with its evidence, and what was kept and why. Never an erased value. Append-only.';
comment on column app.erasure_receipts.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.erasure_receipts.request_id is 'The request. [class: internal]';
comment on column app.erasure_receipts.profile_id is 'Whose data: an opaque id, which leads to nobody any more. [class: internal]';
comment on column app.erasure_receipts.completed_at is 'When the erasure was complete. [class: internal]';
comment on column app.erasure_receipts.body is 'The receipt: one JSON object, byte for byte what was hashed. [class: sensitive]';
comment on column app.erasure_receipts.sha256 is 'SHA-256 of the body in UTF-8. [class: internal]';

-- Outlives the identity: the row of app.profiles no longer says who it was.
create table app.erased_subjects (
  profile_id uuid not null,
  request_id uuid not null,
  salt bytea not null,
  subject_hash bytea not null,
  shut_out_at timestamptz not null default now(),
  erased_at timestamptz,
  constraint erased_subjects_pkey primary key (profile_id),
  constraint erased_subjects_profile_id_fkey foreign key (profile_id) references app.profiles (id) on delete restrict,
  constraint erased_subjects_request_id_fkey foreign key (request_id) references app.erasure_requests (id) on delete restrict,
  constraint erased_subjects_salt_check check (octet_length(salt) = 32),
  constraint erased_subjects_subject_hash_check check (octet_length(subject_hash) = 32)
);

create index erased_subjects_request_id_idx on app.erased_subjects (request_id);

alter table app.erased_subjects enable row level security;
alter table app.erased_subjects force row level security;

comment on table app.erased_subjects is 'Whom the identity provider may still know and we no longer let in: people whose erasure has begun.';
comment on column app.erased_subjects.profile_id is 'Primary key: whose data. [class: internal]';
comment on column app.erased_subjects.request_id is 'The request. [class: internal]';
comment on column app.erased_subjects.salt is '32 random bytes of this row alone: the key of the hash. [class: sensitive]';
comment on column app.erased_subjects.subject_hash is 'sha256(salt || the token''s `sub`), to know the account again without holding its id. [class: sensitive]';
comment on column app.erased_subjects.shut_out_at is 'When the erasure began. [class: internal]';
comment on column app.erased_subjects.erased_at is 'When it was complete. [class: internal]';
