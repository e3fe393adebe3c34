-- Moves a video up to a status, or leaves it where it is. `at` is when it happened, not when we heard of it. Every column is joined by
-- greatest or least, so that the order of the calls does not matter; explanations belong to the status they came with.
create function app.advance_video(
  video_id uuid, new_status text, at timestamptz,
  new_error_code text default null, new_error_message text default null,
  new_duration_seconds numeric default null, new_aspect_ratio text default null
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  old app.videos;
  new app.videos;
  step integer;
begin
  select v.* into old from app.videos v where v.id = video_id for no key update;
  if not found then
    return;
  end if;
  new := old;
  step := app.video_status_rank(new_status) - app.video_status_rank(old.status);
  if step > 0 then
    new.status := new_status;
    new.error_code := new_error_code;
    new.error_message := new_error_message;
  elsif step = 0 then
    new.error_code := least(old.error_code, new_error_code);
    new.error_message := least(old.error_message, new_error_message);
  end if;
  new.duration_seconds := greatest(old.duration_seconds, new_duration_seconds);
  new.aspect_ratio := greatest(old.aspect_ratio, new_aspect_ratio);
  if new_status = 'ready' then
    new.ready_at := least(old.ready_at, at);
  elsif new_status = 'deleted' then
    new.deleted_at := least(old.deleted_at, at);
  end if;

  if new is distinct from old then
    update app.videos v
    set status = new.status, error_code = new.error_code, error_message = new.error_message,
        duration_seconds = new.duration_seconds, aspect_ratio = new.aspect_ratio,
        ready_at = new.ready_at, deleted_at = new.deleted_at
    where v.id = video_id;
  end if;
end
$$;
