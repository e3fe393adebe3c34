-- Decides whether the holder of a link may watch now, and records the decision with the rule that made it (SH-07, SH-08, SH-10, SH-12).
-- The rules are asked in this order, which docs/explanation/sharing.md explains; the first that applies decides. Everything about the
-- video is null unless the answer is yes.
--
-- What the api can say of the asker it says by arguments, each null (or false) when it cannot, and then counts as not given: the site whose
-- page shows the video, null for our own; the subject and session of a verified sign-in; an e-mail address that the asker has
-- proved; whether they gave the link's passphrase. `session_id` is the viewer session that an earlier decision gave out, by its own
-- id; one that no decision allowed with this link is forgotten and replaced. `neighbour_ip_hash` is the same address under the key
-- before or after, around a switch of keys.
--
-- Before anybody is let in the link's row is locked in share mode, and asked about again if it has changed until then: a revocation waits
-- for the decisions under way and then sees them, so that the moment it states as the last possible one is true. A refusal takes no lock:
-- what locks a row takes longer than what finds none.
--
-- Unknown, wrong, revoked and expired take the same time (SH-07): each looks in the same indexes, by an id that nothing has when there is
-- no link, and each is recorded.
create function app.decide_playback(
  public_id text, secret_hash bytea, request_id text, ip_hash bytea, user_agent_family text, token_ttl_seconds integer,
  inout session_id uuid default null, embed_origin text default null, viewer_subject text default null,
  viewer_session text default null, viewer_email text default null, passphrase_verified boolean default false,
  neighbour_ip_hash bytea default null,
  out allowed boolean, out rule text, out share_token_id uuid, out video_id uuid, out title text, out playback_id text,
  out duration_seconds numeric, out aspect_ratio text, out share_expires_at timestamptz, out token_expires_at timestamptz
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  share app.share_tokens;
  locked app.share_tokens;
  video app.videos;
  asset app.mux_assets;
  viewer app.profiles;
  coach_suspended boolean;
  decision_id uuid := uuidv7();
  known_session uuid;
  recipient uuid;
  refusal text;
  is_renewal boolean := false;
begin
  perform app.check_token_ttl(token_ttl_seconds);

  select t.* into share from app.share_tokens t where t.public_id = decide_playback.public_id;
  select v.* into video from app.videos v where v.id = coalesce(share.video_id, decision_id);
  select p.suspended_at is not null into coach_suspended from app.profiles p where p.id = coalesce(share.coach_id, decision_id);
  select a.* into asset from app.playable_asset(coalesce(share.video_id, decision_id)) a;
  -- Looked up for the right secret alone: a wrong one takes the same time whatever else comes with it.
  if share.secret_hash = decide_playback.secret_hash and decide_playback.session_id is not null then
    select decide_playback.session_id into known_session from app.viewer_session(share.id, decide_playback.session_id);
  end if;

  refusal := app.share_refusal(share, decide_playback.secret_hash, coach_suspended, video.status, known_session);
  if refusal is null then
    select t.* into locked from app.share_tokens t where t.id = share.id for share;
    if locked is distinct from share then
      share := locked;
      refusal := app.share_refusal(share, decide_playback.secret_hash, coach_suspended, video.status, known_session);
    end if;
  end if;

  if share.secret_hash = decide_playback.secret_hash then
    if viewer_subject is not null and (share.sign_in_required or share.recipients_only) then
      select p.* into viewer from app.profiles p where p.id = authz.viewer_profile(viewer_subject, viewer_session);
    end if;
    if share.recipients_only then
      recipient := coalesce(app.recipient_of(share.id, viewer_email), app.recipient_of(share.id, viewer.email));
    end if;
  end if;

  rule := case
    when refusal is not null then refusal
    when embed_origin is not null and lower(embed_origin) <> all (share.embed_origins) then 'play.origin_refused'
    when share.sign_in_required and viewer.id is null then 'play.sign_in_needed'
    when share.recipients_only and recipient is null then 'play.recipient_needed'
    when share.has_passphrase and passphrase_verified is not true then 'play.passphrase_needed'
    when not app.flag_enabled('SIGNED_PLAYBACK_ENFORCED', video.id::text) then 'play.switched_off'
    when video.status <> 'ready' or asset.id is null then 'play.not_ready'
    -- A session that comes back watches, whether it has told so or not: it claims its view now, unless others have been faster.
    when share.max_views is not null and known_session is not null and not app.claim_view(share, known_session)
      then 'play.views_exhausted'
    else 'play.allowed'
  end;
  allowed := rule = 'play.allowed';
  session_id := null;

  if allowed then
    session_id := coalesce(known_session, decision_id);
    share_token_id := share.id;
    video_id := video.id;
    title := video.title;
    playback_id := asset.playback_id;
    duration_seconds := video.duration_seconds;
    aspect_ratio := video.aspect_ratio;
    share_expires_at := share.expires_at;
    token_expires_at := least(now() + make_interval(secs => token_ttl_seconds), share.expires_at);
    -- A page that names no session is known by its address; not where views are counted, lest opening anew cost nothing.
    is_renewal := known_session is not null or (share.max_views is null and exists (
      select from app.playback_decisions d
      where d.share_token_id = share.id and d.ip_hash in (decide_playback.ip_hash, neighbour_ip_hash) and d.allowed
        and d.token_expires_at > now()
        -- No token that lives now is older; it spares a look into the other months.
        and d.decided_at > now() - make_interval(secs => app.max_playback_token_ttl())));
  end if;

  insert into app.playback_decisions (
    id, kind, allowed, is_renewal, rule, share_token_id, video_id, coach_id, profile_id, public_id, request_id, ip_hash,
    user_agent_family, token_expires_at, session_id, recipient_id)
  values (
    decision_id, 'share', decide_playback.allowed, is_renewal, decide_playback.rule, share.id, share.video_id, share.coach_id, viewer.id,
    left(decide_playback.public_id, 64), left(decide_playback.request_id, 200), decide_playback.ip_hash,
    left(decide_playback.user_agent_family, 100), decide_playback.token_expires_at, decide_playback.session_id,
    recipient);
end
$$;

grant execute on function app.decide_playback(
  text, bytea, text, bytea, text, integer, uuid, text, text, text, text, boolean, bytea) to mm_service;
