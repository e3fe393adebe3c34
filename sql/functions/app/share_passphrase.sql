-- The hash that the passphrase of a link must fit, for the api, which verifies it and then says so to app.decide_playback(). Null unless
-- the secret is right, the link lives and asks for a passphrase: so whoever guesses makes nobody compute anything. The address where it is
-- tried is the api's to limit.
create function app.share_passphrase(public_id text, secret_hash bytea) returns text
language sql stable security definer
set search_path = ''
as $$
  select t.passphrase_hash from app.share_tokens t
  where t.public_id = share_passphrase.public_id and t.secret_hash = share_passphrase.secret_hash
    and t.revoked_at is null and t.expires_at > now() and coalesce(t.starts_at, t.created_at) <= now()
$$;

grant execute on function app.share_passphrase(text, bytea) to mm_service;
