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

create index checkpoints_signed_at_idx on audit.checkpoints (signed_at desc, size desc);
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

-- The months of the log go too (AU-05), but never in the first year. Three rows are no wait for anybody.
insert into app.retention_policies (id, keep_days, default_days) values ('audit_entries', 365, 365);

alter table app.retention_policies
  -- squawk-ignore constraint-missing-not-valid
  add constraint retention_policies_audit_entries_check check (id <> 'audit_entries' or keep_days >= 365);

alter table app.dropped_months add column last_batch_no bigint;

comment on column app.retention_policies.id is 'Primary key: the table, of the schema app; audit_entries for the audit log. [class: internal]';
comment on column app.dropped_months.table_name is 'The table, of the schema app; audit_entries, audit_disclosures and audit_leaves of the audit log. [class: internal]';
comment on column app.dropped_months.last_batch_no is 'Of a month of audit_leaves: the last batch that has lost leaves with it. [class: internal]';
