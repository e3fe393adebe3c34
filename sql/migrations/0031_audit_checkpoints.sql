-- Up Migration

-- Operations watch that the log is signed; of the schema they reach the checkpoints alone.
grant usage on schema audit to mm_operator;

-- What the service has signed. The same notes stand in a file outside the database, which is what makes them worth something.
create table audit.checkpoints (
  size bigint not null,
  entries bigint not null,
  root bytea not null,
  note text not null,
  key_id bytea not null,
  verifier_key text not null,
  signed_at timestamptz not null,
  constraint checkpoints_pkey primary key (size),
  constraint checkpoints_size_check check (size > 0),
  constraint checkpoints_root_check check (length(root) = 32),
  constraint checkpoints_key_id_check check (length(key_id) = 4)
);

create index checkpoints_verifier_key_idx on audit.checkpoints (verifier_key, size desc);

alter table audit.checkpoints enable row level security;
alter table audit.checkpoints force row level security;

comment on table audit.checkpoints is 'Signed states of the audit log: each says how many batches there were and what the root of their tree was.';
comment on column audit.checkpoints.size is 'Primary key: number of batches. [class: public]';
comment on column audit.checkpoints.entries is 'Number of entries in those batches. [class: public]';
comment on column audit.checkpoints.root is 'Root of the tree over those batches (RFC 6962). [class: public]';
comment on column audit.checkpoints.note is 'The checkpoint as it was published: a signed note. [class: public]';
comment on column audit.checkpoints.key_id is 'Id of the key that signed it, as the note has it. [class: public]';
comment on column audit.checkpoints.verifier_key is 'Public half of that key, in the form in which it is published. [class: public]';
comment on column audit.checkpoints.signed_at is 'Time of signing, as the note has it. [class: public]';
