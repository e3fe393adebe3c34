-- Whose session it is, and when it began, stays as it was.
create trigger tg_playback_sessions__keep
  before update of id, share_token_id, video_id, coach_id, started_at on app.playback_sessions
  for each row execute function app.tg_keep('id', 'share_token_id', 'video_id', 'coach_id', 'started_at');
