-- The steps that stop everything before anything is erased. Each is idempotent and answers its evidence.

-- Refuses every further request of the person, and remembers their account at the identity provider, so that it cannot be signed in
-- with anew while that provider still knows it.
create function app.shut_out(request app.erasure_requests) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  salt bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
begin
  insert into app.erased_subjects (profile_id, request_id, salt, subject_hash)
  select p.id, request.id, salt, sha256(salt || convert_to(p.subject, 'UTF8'))
  from app.profiles p where p.id = request.profile_id
  on conflict (profile_id) do nothing;
  update app.profiles p set suspended_at = now() where p.id = request.profile_id and p.suspended_at is null;
  return (
    select jsonb_build_object('suspended_at', p.suspended_at, 'remembered', exists (
      select from app.erased_subjects e where e.profile_id = p.id))
    from app.profiles p where p.id = request.profile_id);
end
$$;

-- Revokes every share link that still works, in the order of their ids as every revocation does. The officer who approved revokes.
create function app.revoke_links_of(request app.erasure_requests) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  revoked uuid[];
begin
  perform from app.share_tokens t
  where t.coach_id = request.profile_id and t.revoked_at is null and t.expires_at > now() order by t.id for no key update;
  perform audit.explain('share_token.revoked', 'Erasure of the account.');
  with done as (
    update app.share_tokens t
    set revoked_at = clock_timestamp(), revoked_by = request.decided_by, revoke_reason = 'Erasure of the account.'
    where t.coach_id = request.profile_id and t.revoked_at is null and t.expires_at > now()
    returning t.id)
  select array_agg(d.id) into revoked from done d;
  return jsonb_build_object(
    'changed', coalesce(cardinality(revoked), 0),
    'last_byte_possible_by', (
      select max(last.token_expires_at) from app.share_tokens t cross join lateral app.last_playback(t.id) last
      where t.coach_id = request.profile_id and last.token_expires_at > now()),
    'remaining', (
      select count(*) from app.share_tokens t
      where t.coach_id = request.profile_id and t.revoked_at is null and t.expires_at > now()));
end
$$;

-- Denies every session of the person.
create function app.deny_sessions_of(request app.erasure_requests) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  denied bigint;
begin
  perform audit.explain('session.denied', 'Erasure of the account.');
  update authz.sessions s
  set denied_at = now(), denied_by = request.decided_by, deny_reason = 'Erasure of the account.'
  where s.profile_id = request.profile_id and s.denied_at is null;
  get diagnostics denied = row_count;
  return jsonb_build_object('changed', denied, 'remaining', (
    select count(*) from authz.sessions s where s.profile_id = request.profile_id and s.denied_at is null));
end
$$;

-- Marks every video deleted, so that nothing plays whatever Mux still has, and ends uploads that Mux was not told of yet: an address that
-- comes back for one is given to nobody.
create function app.withdraw_videos_of(request app.erasure_requests) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  job_ids uuid[];
  video_ids uuid[];
begin
  select array_agg(j.id order by j.id) into job_ids
  from app.upload_jobs j where j.coach_id = request.profile_id and j.state = 'requested' and j.mux_upload_id is null;
  perform app.advance_upload_job(id, 'cancelled', now()) from unnest(job_ids) id;
  select array_agg(v.id order by v.id) into video_ids
  from app.videos v where v.coach_id = request.profile_id and v.status <> 'deleted';
  perform app.advance_video(id, 'deleted', now()) from unnest(video_ids) id;
  return jsonb_build_object(
    'changed', coalesce(cardinality(video_ids), 0), 'uploads_ended', coalesce(cardinality(job_ids), 0),
    'remaining', (select count(*) from app.videos v where v.coach_id = request.profile_id and v.status <> 'deleted'));
end
$$;
