-- What was asked for, and the code that answers it, stay as they were.
create trigger tg_share_code_challenges__keep
  before update of id, share_token_id, coach_id, address_hash, code_hash, created_at, expires_at on app.share_code_challenges
  for each row execute function
    app.tg_keep('id', 'share_token_id', 'coach_id', 'address_hash', 'code_hash', 'created_at', 'expires_at');
