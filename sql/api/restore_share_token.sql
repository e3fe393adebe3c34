-- Restores a link that was revoked or has expired (SH-05, SH-09): for its owner or an admin, with a reason. A restored link is a new one, with
-- the old one's options and recipients, another public id and another secret, answered once: what was taken back stays dead. Views are
-- counted anew. Its life is as that of any new link.
create function api.restore_share_token(
  inout id uuid, reason text, inout expires_at timestamptz default null, out public_id text, out secret text, out restores_id uuid
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  old app.share_tokens;
  share app.share_tokens;
  video app.videos;
  why text := btrim(restore_share_token.reason);
  ends timestamptz := coalesce(restore_share_token.expires_at, now() + app.max_share_life());
begin
  select t.* into old from app.share_tokens t where t.id = restore_share_token.id for no key update;
  if not found or not authz.can_manage(old.coach_id) then
    perform app.fail(404, 'share.not_found', 'There is no such share link, or you may not restore it.');
  end if;
  select v.* into video from app.videos v where v.id = old.video_id for key share;
  if video.status in ('cancelled', 'errored', 'deleted') then
    perform app.fail(409, 'share.video_unavailable', format('A video that is %s cannot be shared.', video.status));
  end if;
  if old.revoked_at is null and old.expires_at > now() then
    perform app.fail(409, 'share.not_ended', 'This share link lives; there is nothing to restore.');
  end if;
  if exists (
    select from app.share_tokens t where t.restores_id = old.id and t.revoked_at is null and t.expires_at > now()) then
    perform app.fail(409, 'share.already_restored', 'A link that restores this one lives already.');
  end if;
  perform app.refuse_fields(app.reason_errors(why) || app.share_life_errors(null, ends, now()));

  secret := app.random_secret();
  perform audit.explain('share_token.restored', why);
  insert into app.share_tokens as t (
    public_id, secret_hash, video_id, coach_id, label, created_by, expires_at, note, max_views, sign_in_required, recipients_only,
    has_passphrase, passphrase_hash, embed_origins, restores_id)
  values (
    app.random_public_id(), sha256(convert_to(secret, 'utf8')), old.video_id, old.coach_id, old.label, authz.profile_id(),
    least(greatest(ends, now() + app.min_share_life()), now() + app.max_share_life()), old.note, old.max_views,
    old.sign_in_required, old.recipients_only, old.has_passphrase, old.passphrase_hash, old.embed_origins, old.id)
  returning t.* into share;
  insert into app.share_recipients (share_token_id, coach_id, kind, value)
  select share.id, r.coach_id, r.kind, r.value from app.share_recipients r where r.share_token_id = old.id;
  perform audit.explain();

  restore_share_token.id := share.id;
  restore_share_token.public_id := share.public_id;
  restore_share_token.expires_at := share.expires_at;
  restore_share_token.restores_id := old.id;
end
$$;

comment on function api.restore_share_token(uuid, text, timestamptz) is
  'Makes a new link with the options of one that was revoked or has expired. The new secret is answered once; the old one stays dead.';
grant execute on function api.restore_share_token(uuid, text, timestamptz) to mm_coach, mm_admin;
