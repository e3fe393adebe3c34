-- A view that has been claimed stays as it was claimed.
create trigger tg_share_views__keep before update on app.share_views
  for each row execute function app.tg_keep('share_token_id', 'view_no', 'session_id', 'coach_id', 'claimed_at');
