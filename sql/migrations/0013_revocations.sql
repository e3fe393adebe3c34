-- Up Migration

create table app.revocations (
  id uuid not null default uuidv7(),
  revoked_at timestamptz not null,
  revoked_by uuid not null,
  reason text not null,
  of_video_id uuid,
  of_coach_id uuid,
  token_count integer not null,
  last_byte_possible_by timestamptz not null,
  constraint revocations_pkey primary key (id),
  constraint revocations_revoked_by_fkey foreign key (revoked_by) references app.profiles (id) on delete restrict,
  constraint revocations_reason_check check (length(reason) between 3 and 500),
  constraint revocations_token_count_check check (token_count > 0),
  constraint revocations_last_byte_possible_by_check check (last_byte_possible_by >= revoked_at)
);

create index revocations_revoked_by_idx on app.revocations (revoked_by, revoked_at desc, id desc);
create index revocations_revoked_at_idx on app.revocations (revoked_at desc, id desc);

alter table app.revocations enable row level security;
alter table app.revocations force row level security;

comment on table app.revocations is 'Receipts of bulk revocations: which share links were taken back together, by whom and why.';
comment on column app.revocations.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.revocations.revoked_at is 'The moment, the same for every link of it. [class: internal]';
comment on column app.revocations.revoked_by is 'Who took them back. [class: internal]';
comment on column app.revocations.reason is 'Why; 3 to 500 characters. [class: personal; erasure: replace]';
comment on column app.revocations.of_video_id is 'The links of this video were meant; null when another choice was made. [class: internal]';
comment on column app.revocations.of_coach_id is 'The links of this coach were meant; null when another choice was made. [class: internal]';
comment on column app.revocations.token_count is 'How many links. [class: internal]';
comment on column app.revocations.last_byte_possible_by is 'By when the last byte of any of them can have been played. [class: internal]';

create table app.revoked_tokens (
  share_token_id uuid not null,
  revocation_id uuid not null,
  coach_id uuid not null,
  last_decision_at timestamptz,
  last_byte_possible_by timestamptz not null,
  constraint revoked_tokens_pkey primary key (share_token_id),
  constraint revoked_tokens_share_token_id_fkey foreign key (share_token_id) references app.share_tokens (id) on delete cascade,
  constraint revoked_tokens_revocation_id_fkey foreign key (revocation_id) references app.revocations (id) on delete cascade,
  constraint revoked_tokens_coach_id_fkey foreign key (coach_id) references app.profiles (id) on delete restrict
);

create index revoked_tokens_revocation_id_idx on app.revoked_tokens (revocation_id);
create index revoked_tokens_coach_id_idx on app.revoked_tokens (coach_id);

alter table app.revoked_tokens enable row level security;
alter table app.revoked_tokens force row level security;

comment on table app.revoked_tokens is 'The lines of those receipts: one for each share link.';
comment on column app.revoked_tokens.share_token_id is 'Primary key: the link, which is revoked once. [class: internal]';
comment on column app.revoked_tokens.revocation_id is 'The receipt. [class: internal]';
comment on column app.revoked_tokens.coach_id is 'The link''s owner. [class: internal]';
comment on column app.revoked_tokens.last_decision_at is 'When somebody was last let in with it; null when nobody ever was. [class: internal]';
comment on column app.revoked_tokens.last_byte_possible_by is 'By when the last byte of it can have been played. [class: internal]';
