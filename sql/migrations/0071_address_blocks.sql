-- Up Migration

create table app.address_blocks (
  id uuid not null default uuidv7(),
  address_hash bytea not null,
  reason text not null,
  blocked_by uuid not null,
  blocked_at timestamptz not null default now(),
  expires_at timestamptz not null,
  lifted_at timestamptz,
  lifted_by uuid,
  lift_reason text,
  constraint address_blocks_pkey primary key (id),
  constraint address_blocks_blocked_by_fkey foreign key (blocked_by) references app.profiles (id) on delete restrict,
  constraint address_blocks_lifted_by_fkey foreign key (lifted_by) references app.profiles (id) on delete restrict,
  constraint address_blocks_address_hash_check check (octet_length(address_hash) = 32),
  constraint address_blocks_reason_check check (length(reason) between 3 and 500),
  constraint address_blocks_expires_at_check check (expires_at > blocked_at),
  constraint address_blocks_lifted_check check (
    (lifted_at is null and lifted_by is null and lift_reason is null)
    or (lifted_at is not null and lifted_by is not null and length(lift_reason) between 3 and 500))
);

create index address_blocks_standing_idx on app.address_blocks (expires_at) where lifted_at is null;
create index address_blocks_expires_at_idx on app.address_blocks (expires_at);
create index address_blocks_address_hash_idx on app.address_blocks (address_hash);
create index address_blocks_blocked_at_idx on app.address_blocks (blocked_at desc, id desc);
create index address_blocks_blocked_by_idx on app.address_blocks (blocked_by);
create index address_blocks_lifted_by_idx on app.address_blocks (lifted_by);

alter table app.address_blocks enable row level security;
alter table app.address_blocks force row level security;

comment on table app.address_blocks is 'Addresses that staff have shut out of the public routes for a while (RL-09). One stands while it is not lifted and has not expired.';
comment on column app.address_blocks.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.address_blocks.address_hash is 'Keyed hash of the address, of nobody we could name; of an IPv6 address, its /64. [class: sensitive]';
comment on column app.address_blocks.reason is 'Why; 3 to 500 characters. [class: personal; erasure: replace]';
comment on column app.address_blocks.blocked_by is 'Who blocked it. [class: internal]';
comment on column app.address_blocks.blocked_at is 'Since when. [class: internal]';
comment on column app.address_blocks.expires_at is 'Until when, unless it is lifted before. [class: internal]';
comment on column app.address_blocks.lifted_at is 'When it was lifted; null while nobody did. [class: internal]';
comment on column app.address_blocks.lifted_by is 'Who lifted it. [class: internal]';
comment on column app.address_blocks.lift_reason is 'Why it was lifted; 3 to 500 characters. [class: personal; erasure: replace]';

insert into app.retention_policies (id, keep_days, default_days) values ('address_blocks', 365, 365);
