-- The states of uploads, videos and assets are total orders: a state only ever moves up, to the greatest it has heard of. That is why
-- the events of Mux may come in any order and any number of times and end the same (UP-06).

create function app.upload_states() returns text[]
language sql immutable set search_path = ''
as $$ select array['requested', 'uploading', 'processing', 'expired', 'cancelled', 'errored', 'ready'] $$;

create function app.video_statuses() returns text[]
language sql immutable set search_path = ''
as $$ select array['uploading', 'processing', 'cancelled', 'errored', 'ready', 'deleted'] $$;

create function app.asset_statuses() returns text[]
language sql immutable set search_path = ''
as $$ select array['preparing', 'errored', 'ready', 'deleted'] $$;

create function app.upload_state_rank(state text) returns integer
language sql immutable set search_path = ''
as $$ select array_position(app.upload_states(), state) $$;

create function app.video_status_rank(status text) returns integer
language sql immutable set search_path = ''
as $$ select array_position(app.video_statuses(), status) $$;

create function app.asset_status_rank(status text) returns integer
language sql immutable set search_path = ''
as $$ select array_position(app.asset_statuses(), status) $$;
