-- Begins an upload (UP-01): checks the daily quota and writes the video and its upload job, before Mux is asked for anything. Only a
-- coach uploads, and only for themself. Attempts that never reached Mux do not count against the quota.
create function api.request_upload(
  title text, description text, file_name text, file_size_bytes bigint, content_type text,
  out upload_job_id uuid, out video_id uuid, out expires_at timestamptz
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
  counting_from timestamptz;
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
  if coalesce(wanted_type, '') !~ '^video/[a-z0-9][a-z0-9.+-]{0,99}$' then
    errors := errors || app.field_error('content_type', 'format', 'The file must be a video.');
  end if;
  perform app.refuse_fields(errors);

  -- One coach's requests queue up here, so that two at the same moment cannot both be the twentieth.
  perform from app.profiles p where p.id = coach for no key update;
  select j.requested_at into counting_from
  from app.upload_jobs j
  where j.coach_id = coach and j.requested_at > now() - interval '24 hours'
    and not (j.state = 'errored' and j.mux_upload_id is null)
  order by j.requested_at desc
  offset app.uploads_per_day() - 1 limit 1;
  if found then
    perform app.fail(
      429, 'upload.quota_exceeded',
      format('You have started %s uploads in the last 24 hours. The next one is possible at %s.', app.uploads_per_day(),
             to_char(counting_from + interval '24 hours', 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM')),
      retry_after_seconds => ceil(extract(epoch from counting_from + interval '24 hours' - now()))::integer);
  end if;

  insert into app.videos as v (coach_id, title, description)
  values (coach, wanted_title, wanted_description)
  returning v.id into request_upload.video_id;

  insert into app.upload_jobs as j (video_id, coach_id, file_name, file_size_bytes, content_type, expires_at)
  values (request_upload.video_id, coach, wanted_name, request_upload.file_size_bytes, wanted_type, now() + interval '1 hour')
  returning j.id, j.expires_at into request_upload.upload_job_id, request_upload.expires_at;
end
$$;

comment on function api.request_upload(text, text, text, bigint, text) is
  'Begins an upload: writes the video and its job. At most 20 in any 24 hours. The api then asks Mux for the address.';
grant execute on function api.request_upload(text, text, text, bigint, text) to mm_coach;
