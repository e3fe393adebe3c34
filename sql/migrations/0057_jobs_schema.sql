-- Up Migration

create schema jobs;
comment on schema jobs is 'The one way into the job queue from SQL: jobs.enqueue().';
grant usage on schema jobs to mm_service;
