-- When a viewer session was first let in with this link, and until when it may play by what was minted for it; no row for a session that
-- no decision has allowed with this link. A link lives for 7 days from its start, so no session is older than that.
create function app.viewer_session(share_token_id uuid, session_id uuid)
returns table (started_at timestamptz, video_id uuid, plays_until timestamptz)
language sql stable
set search_path = ''
as $$
  select min(d.decided_at), (array_agg(d.video_id))[1], max(d.token_expires_at)
  from app.playback_decisions d
  where d.share_token_id = viewer_session.share_token_id and d.session_id = viewer_session.session_id and d.allowed
    and d.decided_at > now() - app.max_share_life() - interval '1 day'
  having count(*) > 0
$$;
