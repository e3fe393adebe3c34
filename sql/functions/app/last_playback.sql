-- When somebody was last let in with a link, and when the last playback token minted for it dies; nulls when nobody ever was.
create function app.last_playback(share_token_id uuid, out decided_at timestamptz, out token_expires_at timestamptz)
language sql stable
set search_path = ''
as $$
  select max(d.decided_at), max(d.token_expires_at)
  from app.playback_decisions d
  where d.share_token_id = last_playback.share_token_id and d.allowed
$$;
