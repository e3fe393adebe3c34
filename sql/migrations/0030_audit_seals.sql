-- Up Migration

-- The functions that seal, and those that read proofs, are named one by one.
grant usage on schema audit to mm_service;

-- The personal values of entries, apart from them: an entry holds only sha256(salt || value). Deleting the row erases the value for
-- good, since nobody guesses 256 bits of salt, and leaves the entry and everything that is proved about it as it was.
create table audit.disclosures (
  entry_id uuid not null,
  occurred_at timestamptz not null,
  side text not null,
  field text not null,
  salt bytea not null,
  value text not null,
  owner_id uuid,
  constraint disclosures_pkey primary key (entry_id, side, field, occurred_at)
) partition by range (occurred_at);

create index disclosures_owner_id_idx on audit.disclosures (owner_id);

alter table audit.disclosures enable row level security;
alter table audit.disclosures force row level security;

comment on table audit.disclosures is 'Salts and values behind the commitments of the audit log. Read through api.disclose_audit_entry() only; erasing a person deletes theirs.';
comment on column audit.disclosures.entry_id is 'The entry that holds the commitment. [class: internal]';
comment on column audit.disclosures.occurred_at is 'The entry''s time, which decides the month. [class: internal]';
comment on column audit.disclosures.side is 'before or after. [class: internal]';
comment on column audit.disclosures.field is 'The column. [class: internal]';
comment on column audit.disclosures.salt is '32 random bytes of this value alone. [class: sensitive]';
comment on column audit.disclosures.value is 'The value as JSON text: what is hashed after the salt. [class: personal; erasure: delete]';
comment on column audit.disclosures.owner_id is 'Whose value it is, as in the entry. [class: internal]';

-- Entries in the order in which they were sealed.
create table audit.leaves (
  batch_no bigint not null,
  leaf_index integer not null,
  entry_id uuid not null,
  occurred_at timestamptz not null,
  owner_id uuid,
  hash bytea not null,
  constraint leaves_pkey primary key (batch_no, leaf_index, occurred_at),
  constraint leaves_entry_id_key unique (occurred_at, entry_id)
) partition by range (occurred_at);

create index leaves_owner_id_idx on audit.leaves (owner_id, occurred_at desc);

alter table audit.leaves enable row level security;
alter table audit.leaves force row level security;

comment on table audit.leaves is 'Where each sealed entry stands: its batch, its place there, and its hash at the time of sealing. By the month.';
comment on column audit.leaves.batch_no is 'The batch. [class: internal]';
comment on column audit.leaves.leaf_index is 'Place in the batch, from 0. [class: internal]';
comment on column audit.leaves.entry_id is 'The entry. [class: internal]';
comment on column audit.leaves.occurred_at is 'The entry''s time, which decides the month. [class: internal]';
comment on column audit.leaves.owner_id is 'The entry''s owner, who may see that it is sealed. [class: internal]';
comment on column audit.leaves.hash is 'sha256(0x00 || the entry''s canonical text). [class: internal]';

create table audit.batches (
  no bigint not null,
  size integer not null,
  entries bigint not null,
  root bytea not null,
  previous bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null,
  watermark xid8 not null,
  constraint batches_pkey primary key (no),
  constraint batches_previous_key unique (previous)
);

create index batches_sealed_at_idx on audit.batches (sealed_at desc);

alter table audit.batches enable row level security;
alter table audit.batches force row level security;

comment on table audit.batches is 'The Merkle batches of the audit log, each chained to the one before.';
comment on column audit.batches.no is 'Counts from 0, without gaps. [class: internal]';
comment on column audit.batches.size is 'Entries in the batch. [class: internal]';
comment on column audit.batches.entries is 'Entries in this and all batches before. [class: internal]';
comment on column audit.batches.root is 'Merkle root of the batch''s leaves (RFC 6962). [class: internal]';
comment on column audit.batches.previous is 'Hash of the batch before; zeros in the first. [class: internal]';
comment on column audit.batches.hash is 'sha256(0x02 || the batch''s header), the leaf of the log''s tree. [class: internal]';
comment on column audit.batches.sealed_at is 'When it was sealed, to the microsecond. [class: internal]';
comment on column audit.batches.watermark is 'Every entry of a transaction below this one is sealed. [class: internal]';

-- The complete subtrees of the tree over all batches, so that a proof reads a few dozen rows, however long the log.
create table audit.tree_nodes (
  level integer not null,
  place bigint not null,
  hash bytea not null,
  constraint tree_nodes_pkey primary key (level, place)
);

alter table audit.tree_nodes enable row level security;
alter table audit.tree_nodes force row level security;

comment on table audit.tree_nodes is 'Complete subtrees of the Merkle tree over the batches (RFC 6962).';
comment on column audit.tree_nodes.level is 'Height: 0 is a batch. [class: internal]';
comment on column audit.tree_nodes.place is 'Place among the nodes of this level, from 0. [class: internal]';
comment on column audit.tree_nodes.hash is 'Hash of the subtree. [class: internal]';
