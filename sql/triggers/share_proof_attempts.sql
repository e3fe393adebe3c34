-- A try stays what it was; only that it was right is told afterwards.
create trigger tg_share_proof_attempts__keep
  before update of id, attempted_at, kind, share_token_id, coach_id, public_id, address_hash, ip_hash, request_id on app.share_proof_attempts
  for each row execute function
    app.tg_keep('id', 'attempted_at', 'kind', 'share_token_id', 'coach_id', 'public_id', 'address_hash', 'ip_hash', 'request_id');
