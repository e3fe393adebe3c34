-- The owner of the link or the video whose plays the caller asks for, exactly one of which is named. One that is not the caller's is
-- answered like one that does not exist.
create function app.owner_of_plays(share_token_id uuid, video_id uuid) returns uuid
language plpgsql stable
set search_path = ''
as $$
declare
  owner uuid;
begin
  if num_nonnulls(share_token_id, video_id) <> 1 then
    perform app.refuse_fields(array[app.field_error('share_token_id', 'choice', 'Name either a share link or a video.')]);
  end if;
  if share_token_id is not null then
    select t.coach_id into owner from app.share_tokens t where t.id = owner_of_plays.share_token_id;
  else
    select v.coach_id into owner from app.videos v where v.id = owner_of_plays.video_id;
  end if;
  if owner is null or not authz.can_manage(owner) then
    if share_token_id is not null then
      perform app.fail(404, 'share.not_found', 'There is no such share link, or its plays are not yours to see.');
    end if;
    perform app.fail(404, 'video.not_found', 'There is no such video, or its plays are not yours to see.');
  end if;
  return owner;
end
$$;
