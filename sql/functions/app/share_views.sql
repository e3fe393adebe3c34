-- How many views of a link have been claimed.
create function app.claimed_views(share_token_id uuid) returns integer
language sql stable
set search_path = ''
as $$
  select coalesce(max(v.view_no), 0) from app.share_views v where v.share_token_id = claimed_views.share_token_id
$$;

-- Which recipient a viewer session is: who proved themself when it was let in first. Null when nobody had to, or they were taken off since.
create function app.recipient_in(session_id uuid) returns uuid
language sql stable
set search_path = ''
as $$
  select r.id
  from app.playback_decisions d
  join app.share_recipients r on r.id = d.recipient_id and r.share_token_id = d.share_token_id
  where d.id = recipient_in.session_id and d.decided_at > now() - app.max_share_life() - interval '1 day'
$$;

-- Claims a view of a link for a viewer session; false when the limit has been reached. A session claims once and keeps its view. Those who
-- claim at the same moment queue up at the lock, and each then counts what the one before has claimed. The caller holds the link's row,
-- so that its limit does not move.
create function app.claim_view(share app.share_tokens, session_id uuid) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  next_no integer;
begin
  perform pg_advisory_xact_lock(hashtextextended('mm.app.share_views:' || share.id, 0));
  if exists (
    select from app.share_views v where v.share_token_id = share.id and v.session_id = claim_view.session_id
  ) then
    return true;
  end if;
  next_no := app.claimed_views(share.id) + 1;
  if next_no > share.max_views then
    return false;
  end if;
  insert into app.share_views (share_token_id, view_no, session_id, coach_id, recipient_id)
  values (share.id, next_no, claim_view.session_id, share.coach_id, app.recipient_in(claim_view.session_id));
  return true;
end
$$;

-- Whether a link with a view limit lets no new viewer in: every view has been claimed, or it has been opened ten times as often as it may
-- be viewed. The second ends what opens a link again and again without ever telling that it plays. A session that has claimed a view, or
-- has been let in and may still claim one, is asked about by its claim.
create function app.views_exhausted(share app.share_tokens, session_id uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select share.max_views is not null
    and not exists (
      select from app.share_views v where v.share_token_id = share.id and v.session_id = views_exhausted.session_id)
    and (
      app.claimed_views(share.id) >= share.max_views
      or (views_exhausted.session_id is null and (
        select count(*) from app.playback_decisions d
        where d.share_token_id = share.id and d.allowed and not d.is_renewal and d.decided_at >= share.created_at
      ) >= share.max_views * app.openings_per_view()))
$$;
