-- Gives a share link that lives a new secret (SH-05, SH-09): for its owner or an admin. The old link is dead at once, for those too who watch
-- by it, at their next renewal; the answer holds the new one, once, and by when the last byte of the old one can have been played. The
-- public id stays, and with it options, claimed views and the record.
create function api.rotate_share_token(
  inout id uuid, inout version integer, reason text default null,
  out public_id text, out secret text, out expires_at timestamptz, out last_byte_possible_by timestamptz
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  share app.share_tokens := app.lock_share(rotate_share_token.id);
begin
  perform app.check_share_change(share, rotate_share_token.version, rotate_share_token.reason, '{}');
  secret := app.random_secret();
  perform audit.explain('share_token.rotated', btrim(rotate_share_token.reason));
  perform set_config('mm.share_change', 'rotate ' || share.id, true);
  update app.share_tokens t set secret_hash = sha256(convert_to(rotate_share_token.secret, 'utf8'))
  where t.id = share.id
  returning t.version, t.public_id, t.expires_at
    into rotate_share_token.version, rotate_share_token.public_id, rotate_share_token.expires_at;
  perform set_config('mm.share_change', '', true);
  perform audit.explain();

  -- Decisions lock the link in share mode, so by now every one that was allowed is visible here.
  select greatest(last.token_expires_at, clock_timestamp()) into last_byte_possible_by
  from app.last_playback(share.id) last;
end
$$;

comment on function api.rotate_share_token(uuid, integer, text) is
  'Gives a share link a new secret, answered once; the old one is dead at once.';
grant execute on function api.rotate_share_token(uuid, integer, text) to mm_coach, mm_admin;
