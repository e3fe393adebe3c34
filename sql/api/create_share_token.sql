-- Makes a share link (SH-05, SH-06, SH-09): for the owner of the video, or an admin. The secret exists in the answer only; the table keeps
-- its SHA-256. It has 256 bits, hashed from two random UUIDs of 122 random bits each.
--
-- The life is 24 hours to 7 days, 7 days unless asked otherwise. An end that misses a bound by less than a minute is moved onto it:
-- "in 24 hours", reckoned in a browser, is a moment short of that when it arrives.
create function api.create_share_token(
  video_id uuid, inout expires_at timestamptz default null, label text default null,
  out id uuid, out public_id text, out secret text
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  video app.videos;
  wanted_label text := nullif(btrim(create_share_token.label), '');
  earliest timestamptz := now() + app.min_share_life();
  latest timestamptz := now() + app.max_share_life();
  ends timestamptz := coalesce(create_share_token.expires_at, latest);
  grace interval := interval '1 minute';
  errors jsonb[] := app.share_token_field_errors(wanted_label);
begin
  select v.* into video from app.videos v where v.id = create_share_token.video_id for key share;
  if not found or not authz.can_manage(video.coach_id) then
    perform app.fail(404, 'video.not_found', 'There is no such video, or you may not share it.');
  end if;
  if video.status in ('cancelled', 'errored', 'deleted') then
    perform app.fail(409, 'share.video_unavailable', format('A video that is %s cannot be shared.', video.status));
  end if;

  if ends < earliest - grace then
    errors := errors || app.field_error('expires_at', 'too_early', 'A share link lives for at least 24 hours.');
  elsif ends > latest + grace then
    errors := errors || app.field_error('expires_at', 'too_late', 'A share link lives for at most 7 days.');
  end if;
  perform app.refuse_fields(errors);

  secret := app.random_secret();
  insert into app.share_tokens as t (public_id, secret_hash, video_id, coach_id, label, created_by, expires_at)
  values (
    app.random_public_id(), sha256(convert_to(secret, 'utf8')), video.id, video.coach_id, wanted_label, authz.profile_id(),
    least(greatest(ends, earliest), latest))
  returning t.id, t.public_id, t.expires_at
    into create_share_token.id, create_share_token.public_id, create_share_token.expires_at;
end
$$;

comment on function api.create_share_token(uuid, timestamptz, text) is
  'Makes a share link of 24 hours to 7 days for a video. The secret is answered once and kept nowhere.';
grant execute on function api.create_share_token(uuid, timestamptz, text) to mm_coach, mm_admin;
