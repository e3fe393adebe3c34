-- Begins an upload (UP-01): checks the limits and the daily quota, and writes the video, its upload job and the share link that is wished
-- for, before Mux is asked for anything. Only a coach uploads, and only for themself.
--
-- The link is wished for by share_expires_at. It is made now and works when the video is ready; until then who opens it is told to wait.
-- Its life counts from now. Its secret exists in the answer only.
create function api.request_upload(
  title text, description text, file_name text, file_size_bytes bigint, content_type text,
  file_fingerprint text default null, inout share_expires_at timestamptz default null, share_label text default null,
  out upload_job_id uuid, out video_id uuid, out expires_at timestamptz,
  out share_token_id uuid, out share_public_id text, out share_secret text
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  coach uuid := authz.profile_id();
  wanted_title text := btrim(request_upload.title);
  wanted_description text := nullif(btrim(request_upload.description), '');
  wanted_name text := btrim(request_upload.file_name);
  wanted_type text := lower(btrim(request_upload.content_type));
  errors jsonb[] := app.video_field_errors(wanted_title, wanted_description);
  wanted_end timestamptz := request_upload.share_expires_at;
  quota record;
begin
  if coach is null then
    perform app.fail(403, 'auth.forbidden', 'Sign in before you upload.');
  end if;

  if coalesce(length(wanted_name), 0) not between 1 and 255 then
    errors := errors || app.field_error('file_name', 'length', 'The file needs a name of 1 to 255 characters.');
  end if;
  if file_size_bytes is null or file_size_bytes not between 1 and app.max_upload_bytes() then
    errors := errors || app.field_error('file_size_bytes', 'range', 'The file must have between 1 byte and 5 GB.');
  end if;
  if coalesce(wanted_type, '') <> all (app.upload_content_types()) then
    errors := errors || app.field_error(
      'content_type', 'format', 'This type of file is not taken. MP4, MOV, M4V, WebM, MKV, AVI, MPEG, TS, 3GP, OGV, FLV and WMV are.');
  end if;
  if request_upload.file_fingerprint !~ '^[0-9a-f]{64}$' then
    errors := errors || app.field_error('file_fingerprint', 'format', 'The fingerprint is a SHA-256 in 64 hexadecimal digits.');
  end if;
  if wanted_end is null and nullif(btrim(request_upload.share_label), '') is not null then
    errors := errors || app.field_error('share_expires_at', 'required', 'Say until when the link is to work.');
  end if;
  perform app.refuse_fields(errors);

  -- One coach's requests queue up here, so that two at the same moment cannot both be the twentieth.
  perform from app.profiles p where p.id = coach for no key update;
  select q.* into quota from app.remaining_uploads(coach) q;
  if quota.uploads_left = 0 then
    perform app.fail(
      429, 'upload.quota_exceeded',
      format('You have started %s uploads in the last 24 hours. The next one is possible at %s.', quota.uploads_per_day,
             to_char(quota.next_at, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM')),
      retry_after_seconds => ceil(extract(epoch from quota.next_at - now()))::integer);
  end if;

  insert into app.videos as v (coach_id, title, description)
  values (coach, wanted_title, wanted_description)
  returning v.id into request_upload.video_id;

  if wanted_end is not null then
    select s.id, s.public_id, s.secret, s.expires_at
      into request_upload.share_token_id, request_upload.share_public_id, request_upload.share_secret, request_upload.share_expires_at
    from app.intend_share(request_upload.video_id, wanted_end, request_upload.share_label) s;
  end if;

  insert into app.upload_jobs as j (
    video_id, coach_id, file_name, file_size_bytes, content_type, file_fingerprint, share_token_id, expires_at)
  values (
    request_upload.video_id, coach, wanted_name, request_upload.file_size_bytes, wanted_type, request_upload.file_fingerprint,
    request_upload.share_token_id, now() + app.upload_life())
  returning j.id, j.expires_at into request_upload.upload_job_id, request_upload.expires_at;
end
$$;

comment on function api.request_upload(text, text, text, bigint, text, text, timestamptz, text) is
  'Begins an upload: writes the video, its job and, when share_expires_at is given, a share link that works when the video is ready. At most 20 in any 24 hours. The api then asks Mux for the address.';
grant execute on function api.request_upload(text, text, text, bigint, text, text, timestamptz, text) to mm_coach;
