-- The product's ceilings, each in one place. A check constraint on app.share_tokens repeats the life of a link, because constraints
-- must not depend on functions that are replaced.

-- Uploads a coach may start in any 24 hours (REQUIREMENTS, "20 uploads/day per user").
create function app.uploads_per_day() returns integer
language sql immutable set search_path = '' as $$ select 20 $$;

-- Largest file, in bytes: 5 GB.
create function app.max_upload_bytes() returns bigint
language sql immutable set search_path = '' as $$ select 5000000000 $$;

-- Media types that are taken, as browsers name them: the containers that Mux reads
-- (docs.mux.com/guides/minimize-processing-time, "standard and non-standard input").
create function app.upload_content_types() returns text[]
language sql immutable set search_path = '' as $$
  select array[
    'video/mp4', 'video/x-m4v', 'video/quicktime', 'video/webm', 'video/matroska', 'video/x-matroska', 'video/mpeg', 'video/mp2t',
    'video/avi', 'video/msvideo', 'video/x-msvideo', 'video/vnd.avi', 'video/3gpp', 'video/3gpp2', 'video/ogg', 'video/x-flv',
    'video/x-ms-wmv', 'video/x-ms-asf']
$$;

-- How long Mux takes the bytes of an upload. Long enough for 5 GB over a slow line, with a pause and a night in between.
create function app.upload_life() returns interval
language sql immutable set search_path = '' as $$ select interval '24 hours' $$;

-- Shortest life of a share link (SH-06).
create function app.min_share_life() returns interval
language sql immutable set search_path = '' as $$ select interval '24 hours' $$;

-- Longest and default life of a share link (SH-06).
create function app.max_share_life() returns interval
language sql immutable set search_path = '' as $$ select interval '168 hours' $$;

-- Longest life of a playback token, in seconds: 15 minutes (SH-03).
create function app.max_playback_token_ttl() returns integer
language sql immutable set search_path = '' as $$ select 900 $$;

-- Attempts to fold a webhook event before it is laid aside as dead.
create function app.max_webhook_attempts() returns integer
language sql immutable set search_path = '' as $$ select 5 $$;

-- Attempts to send a notice by one way before it has failed.
create function app.max_delivery_attempts() returns integer
language sql immutable set search_path = '' as $$ select 5 $$;

-- Errors of one group that are kept in full in any hour.
create function app.error_events_per_hour() returns integer
language sql immutable set search_path = '' as $$ select 20 $$;

-- How soon a critical alert must be acknowledged before it escalates (REQUIREMENTS, "Alert escalation").
create function app.alert_escalation() returns interval
language sql immutable set search_path = '' as $$ select interval '15 minutes' $$;

-- How far ahead a share link may begin.
create function app.max_share_lead() returns interval
language sql immutable set search_path = '' as $$ select interval '90 days' $$;

-- Most viewers that a view limit may name. A check constraint on app.share_tokens repeats it.
create function app.max_share_views() returns integer
language sql immutable set search_path = '' as $$ select 1000 $$;

-- How often a link with a view limit may be opened for each view, by pages that never tell that they play.
create function app.openings_per_view() returns integer
language sql immutable set search_path = '' as $$ select 10 $$;

-- Most recipients of a share link.
create function app.max_recipients() returns integer
language sql immutable set search_path = '' as $$ select 50 $$;

-- Most events that a viewer's page may report at once.
create function app.max_events_at_once() returns integer
language sql immutable set search_path = '' as $$ select 50 $$;

-- Most parts of a video, with gaps between them, that one viewer session is said to have watched.
create function app.max_watched_parts() returns integer
language sql immutable set search_path = '' as $$ select 1000 $$;

-- For how long after its last playback token died a viewer session may still report: a page that was offline catches up.
create function app.late_event_grace() returns interval
language sql immutable set search_path = '' as $$ select interval '24 hours' $$;

-- How long a proof of an address or of a passphrase lasts, and never longer than its link.
create function app.max_proof_life() returns interval
language sql immutable set search_path = '' as $$ select interval '12 hours' $$;

-- How long a code that was mailed works.
create function app.code_life() returns interval
language sql immutable set search_path = '' as $$ select interval '10 minutes' $$;

-- Tries of one code. A check constraint on app.share_code_challenges repeats it.
create function app.tries_per_code() returns integer
language sql immutable set search_path = '' as $$ select 5 $$;

-- Least time between two codes for the same link and address.
create function app.code_pause() returns interval
language sql immutable set search_path = '' as $$ select interval '1 minute' $$;

-- Codes for the same link and address in any hour.
create function app.codes_per_hour() returns integer
language sql immutable set search_path = '' as $$ select 5 $$;

-- Codes for the same link in any hour, whatever the address.
create function app.codes_per_link_and_hour() returns integer
language sql immutable set search_path = '' as $$ select 100 $$;

-- For how long a wrong passphrase counts.
create function app.passphrase_window() returns interval
language sql immutable set search_path = '' as $$ select interval '15 minutes' $$;

-- Wrong passphrases of a link in that time from one network address.
create function app.wrong_passphrases_each() returns integer
language sql immutable set search_path = '' as $$ select 5 $$;

-- Wrong passphrases of a link in that time from everywhere.
create function app.wrong_passphrases_together() returns integer
language sql immutable set search_path = '' as $$ select 50 $$;
