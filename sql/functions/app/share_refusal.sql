-- The rule by which a link opens to nobody with this secret, or null (SH-07): what a stranger may learn ends here. Asked first wherever a link
-- is used, in the order that docs/explanation/sharing.md tells. The session is that of somebody who watches already, or null.
create function app.share_refusal(
  share app.share_tokens, secret_hash bytea, coach_suspended boolean, video_status text, session_id uuid default null
) returns text
language sql stable
set search_path = ''
as $$
  select case
    when share.id is null then 'play.unknown_link'
    when share.secret_hash is distinct from share_refusal.secret_hash then 'play.wrong_secret'
    when share.revoked_at is not null then 'play.revoked'
    when share.expires_at <= now() then 'play.expired'
    when share.starts_at > now() then 'play.not_started'
    when coach_suspended then 'play.coach_suspended'
    when video_status in ('cancelled', 'errored', 'deleted') then 'play.video_unavailable'
    when share.max_views is not null and app.views_exhausted(share, share_refusal.session_id) then 'play.views_exhausted'
  end
$$;

-- The same for somebody who proves themself. They may have watched until a proof of theirs ran out: with the right secret, the session that they name
-- counts as it does when a link is resolved, so that a view that was claimed goes on although the link is used up for everybody else.
create function app.proof_refusal(share app.share_tokens, secret_hash bytea, session_id uuid default null) returns text
language sql stable
set search_path = ''
as $$
  select app.share_refusal(
    share, proof_refusal.secret_hash,
    (select p.suspended_at is not null from app.profiles p where p.id = share.coach_id),
    (select v.status from app.videos v where v.id = share.video_id),
    case when share.secret_hash = proof_refusal.secret_hash then
      (select proof_refusal.session_id from app.viewer_session(share.id, proof_refusal.session_id))
    end)
$$;

-- Until when a proof for a link is good: 12 hours, and never longer than the link.
create function app.proof_end(share app.share_tokens) returns timestamptz
language sql stable
set search_path = ''
as $$ select least(now() + app.max_proof_life(), share.expires_at) $$;
