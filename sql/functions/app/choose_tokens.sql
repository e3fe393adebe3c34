-- The share links that a bulk revocation means: live or not yet started, the caller's own or for an admin anybody's, and among the ids, of
-- the video, of the coach, whichever is given. Refused when nothing is given: everything is never meant by leaving things out.
create function app.choose_tokens(token_ids uuid[], of_video_id uuid, of_coach_id uuid) returns setof app.share_tokens
language plpgsql stable
set search_path = ''
as $$
declare
  me uuid := authz.require_profile();
  is_admin boolean := authz.caller_role() = 'mm_admin';
begin
  if token_ids is null and of_video_id is null and of_coach_id is null then
    perform app.refuse_fields(array[
      app.field_error('token_ids', 'required', 'Say which links: by their ids, by a video or by a coach.')]);
  end if;
  if cardinality(token_ids) not between 1 and 1000 then
    perform app.refuse_fields(array[app.field_error('token_ids', 'range', 'Choose between 1 and 1,000 links.')]);
  end if;
  return query
    select t.* from app.share_tokens t
    where (is_admin or t.coach_id = me)
      and t.revoked_at is null and t.expires_at > now()
      and (token_ids is null or t.id = any (token_ids))
      and (of_video_id is null or t.video_id = of_video_id)
      and (of_coach_id is null or t.coach_id = of_coach_id);
end
$$;
