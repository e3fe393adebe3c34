-- Up Migration

-- Both columns are new and empty, so there is nothing to scan for their constraints or their index; and the whole deployment is one
-- transaction, in which nothing can be built concurrently or validated later.
-- squawk-ignore-file adding-foreign-key-constraint, constraint-missing-not-valid, require-concurrent-index-creation

alter table app.upload_jobs
  add column file_fingerprint text,
  add column share_token_id uuid,
  add constraint upload_jobs_file_fingerprint_check check (file_fingerprint ~ '^[0-9a-f]{64}$'),
  add constraint upload_jobs_share_token_id_fkey foreign key (share_token_id) references app.share_tokens (id) on delete set null;

create index upload_jobs_share_token_id_idx on app.upload_jobs (share_token_id);

comment on column app.upload_jobs.file_fingerprint is 'SHA-256, in hexadecimal, that the browser made of samples of the file: tells whether a file picked again is the same one. [class: sensitive]';
comment on column app.upload_jobs.share_token_id is 'The link that was to be shared when the video is ready, if the coach wished one (UP-01). Made with the job. [class: internal]';
