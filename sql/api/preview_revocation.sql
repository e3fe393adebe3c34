-- What api.revoke_share_tokens would take back now, with the same choice. Changes nothing.
create function api.preview_revocation(
  token_ids uuid[] default null, of_video_id uuid default null, of_coach_id uuid default null, filter jsonb default null
) returns table (
  id uuid, public_id text, label text, video_id uuid, video_title text, coach_id uuid, coach_name text, created_at timestamptz,
  expires_at timestamptz, last_decision_at timestamptz, last_byte_possible_by timestamptz, last_heartbeat_at timestamptz
)
language sql stable security definer
set search_path = ''
as $$
  select t.id, t.public_id, t.label, t.video_id, v.title, t.coach_id, p.display_name, t.created_at, t.expires_at,
         last.decided_at, greatest(last.token_expires_at, now()), app.last_heartbeat(t.id)
  from app.choose_tokens(token_ids, of_video_id, of_coach_id, filter) t
  join app.videos v on v.id = t.video_id
  join app.profiles p on p.id = t.coach_id
  cross join lateral app.last_playback(t.id) last
  order by t.created_at desc, t.id desc
$$;

comment on function api.preview_revocation(uuid[], uuid, uuid, jsonb) is
  'The share links that a bulk revocation of this choice would take back now. A filter has any of status, search, label, video_id, coach_id, recipient, created_from, created_before, expires_from, expires_before.';
grant execute on function api.preview_revocation(uuid[], uuid, uuid, jsonb) to mm_coach, mm_admin;
