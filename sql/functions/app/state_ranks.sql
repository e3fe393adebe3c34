-- The states of uploads, videos and assets are total orders: a state only ever moves up, to the greatest it has heard of. That is why
-- the events of Mux may come in any order and any number of times and end the same (UP-06).

create function app.upload_state_rank(state text) returns integer
language sql immutable set search_path = ''
as $$ select array_position(array['requested', 'uploading', 'processing', 'expired', 'cancelled', 'errored', 'ready'], state) $$;

create function app.video_status_rank(status text) returns integer
language sql immutable set search_path = ''
as $$ select array_position(array['uploading', 'processing', 'cancelled', 'errored', 'ready', 'deleted'], status) $$;

create function app.asset_status_rank(status text) returns integer
language sql immutable set search_path = ''
as $$ select array_position(array['preparing', 'errored', 'ready', 'deleted'], status) $$;
