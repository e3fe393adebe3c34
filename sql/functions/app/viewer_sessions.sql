-- When a viewer session was first let in with this link, and until when it may play by what was minted for it; no row for a session that
-- no decision has let in with this link. A session is known by the first decision's id, and later ones name it. A link lives for 7 days
-- from its start, so no session is older than that.
create function app.viewer_session(share_token_id uuid, session_id uuid)
returns table (started_at timestamptz, video_id uuid, plays_until timestamptz, user_agent_family text)
language sql stable
rows 1
set search_path = ''
as $$
  select d.decided_at, d.video_id, greatest(d.token_expires_at, (
    select max(r.token_expires_at) from app.playback_decisions r
    where r.session_id = viewer_session.session_id and r.session_id <> r.id and r.allowed
      and r.decided_at > now() - app.max_share_life() - interval '1 day')), d.user_agent_family
  from app.playback_decisions d
  where d.id = viewer_session.session_id and d.session_id = d.id and d.share_token_id = viewer_session.share_token_id and d.allowed
    and d.decided_at > now() - app.max_share_life() - interval '1 day'
$$;
