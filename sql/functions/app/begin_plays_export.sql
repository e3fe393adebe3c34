-- Begins an export of the plays of a link or of a video for the caller: it is an entry of the audit log before the first byte leaves, since
-- it may name who watched.
create function app.begin_plays_export(share_token_id uuid, video_id uuid) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  owner uuid := app.owner_of_plays(share_token_id, video_id);
begin
  if share_token_id is not null then
    perform audit.record('share_token.plays_exported', 'share_token', share_token_id::text, owner);
  else
    perform audit.record('video.plays_exported', 'video', video_id::text, owner);
  end if;
end
$$;

grant execute on function app.begin_plays_export(uuid, uuid) to mm_coach, mm_admin;
