-- Makes a share link (SH-05, SH-06, SH-09): for the owner of the video, or an admin. The secret exists in the answer only; the table keeps
-- its SHA-256. It has 256 bits, hashed from two random UUIDs of 122 random bits each.
--
-- The life is 24 hours to 7 days from the start, 7 days unless asked otherwise. A moment that misses a bound by less than a minute is moved
-- onto it: "in 24 hours", reckoned in a browser, is a moment short of that when it arrives.
--
-- Everything else is an option, null for none: a start, a limit of views, recipients (addresses, or domains such as @club.example), a
-- passphrase as its argon2id hash, an account to be signed in to, sites that may show it in a frame, a note of one's own.
create function api.create_share_token(
  video_id uuid, inout expires_at timestamptz default null, label text default null, starts_at timestamptz default null,
  max_views integer default null, recipients text[] default null, passphrase_hash text default null,
  sign_in_required boolean default false, embed_origins text[] default null, note text default null,
  out id uuid, out public_id text, out secret text
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  video app.videos;
  share app.share_tokens;
  wanted_label text := nullif(btrim(create_share_token.label), '');
  wanted_note text := nullif(btrim(create_share_token.note), '');
  begins timestamptz := greatest(create_share_token.starts_at, now());
  ends timestamptz := coalesce(create_share_token.expires_at, begins + app.max_share_life());
begin
  select v.* into video from app.videos v where v.id = create_share_token.video_id for key share;
  if not found or not authz.can_manage(video.coach_id) then
    perform app.fail(404, 'video.not_found', 'There is no such video, or you may not share it.');
  end if;
  if video.status in ('cancelled', 'errored', 'deleted') then
    perform app.fail(409, 'share.video_unavailable', format('A video that is %s cannot be shared.', video.status));
  end if;
  perform app.refuse_fields(
    app.share_token_field_errors(wanted_label)
    || app.share_life_errors(create_share_token.starts_at, ends, begins)
    || app.share_option_errors(
      wanted_note, create_share_token.max_views, 0, create_share_token.recipients, create_share_token.embed_origins)
    || app.passphrase_hash_errors(create_share_token.passphrase_hash));

  secret := app.random_secret();
  insert into app.share_tokens as t (
    public_id, secret_hash, video_id, coach_id, label, created_by, starts_at, expires_at, note, max_views, sign_in_required,
    recipients_only, has_passphrase, passphrase_hash, embed_origins)
  values (
    app.random_public_id(), sha256(convert_to(secret, 'utf8')), video.id, video.coach_id, wanted_label, authz.profile_id(),
    case when create_share_token.starts_at > now() then create_share_token.starts_at end,
    least(greatest(ends, begins + app.min_share_life()), begins + app.max_share_life()),
    wanted_note, create_share_token.max_views, coalesce(create_share_token.sign_in_required, false),
    create_share_token.recipients is not null, create_share_token.passphrase_hash is not null, create_share_token.passphrase_hash,
    app.read_origins(create_share_token.embed_origins))
  returning t.* into share;
  perform app.set_recipients(share, create_share_token.recipients);

  create_share_token.id := share.id;
  create_share_token.public_id := share.public_id;
  create_share_token.expires_at := share.expires_at;
end
$$;

comment on function api.create_share_token(
  uuid, timestamptz, text, timestamptz, integer, text[], text, boolean, text[], text) is
  'Makes a share link of 24 hours to 7 days for a video. The secret is answered once and kept nowhere.';
grant execute on function api.create_share_token(
  uuid, timestamptz, text, timestamptz, integer, text[], text, boolean, text[], text) to mm_coach, mm_admin;
