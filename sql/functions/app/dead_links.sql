-- Revokes, in their coaches' names, the links of videos that are deleted, so that what is shown of a link agrees with what Mux has (JB-08).
-- They play nothing as it is. In the order of their ids, as every revocation locks. A dry run only writes down which.
create function app.end_dead_links(run_id uuid, runner uuid) returns integer
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  run app.reconciliation_runs := app.hold_reconciliation(run_id, runner);
  link uuid;
  ended integer := 0;
begin
  for link in
    select t.id from app.share_tokens t join app.videos v on v.id = t.video_id
    where v.status = 'deleted' and t.revoked_at is null and t.expires_at > now()
    order by t.id
    for no key update of t
  loop
    if not run.is_dry_run then
      perform audit.explain('share_token.revoked', 'The video is no longer there.');
      update app.share_tokens t
      set revoked_at = clock_timestamp(), revoked_by = t.coach_id, revoke_reason = 'The video is no longer there.'
      where t.id = link;
      perform audit.explain();
    end if;
    perform app.note_finding(run.id, 'link_dead', link::text, 'revoked');
    ended := ended + 1;
  end loop;
  return ended;
end
$$;

-- Proves that no revoked or expired link was active in the last eight days, longer than a link lives (SH-14): no decision let anybody in after
-- its link was revoked, or while it was not valid, and no playback token outlives its link's end. Looks at what was decided and not at the
-- rules that decide, so that a mistake in those is found. Links that nobody has used cannot be active. There is no cache of links to look
-- at. Raises an alert on any it finds, and clears it when there is none. Answers how many decisions were looked at, and the links.
create function app.check_dead_links(out checked bigint, out active uuid[])
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  with recent as (
    select t.id, d.decided_at > t.revoked_at or d.decided_at >= t.expires_at or d.token_expires_at > t.expires_at as is_wrong
    from app.playback_decisions d
    join app.share_tokens t on t.id = d.share_token_id
    where d.allowed and d.decided_at > now() - app.max_share_life() - interval '1 day'
  )
  select count(*), coalesce(array_agg(distinct r.id) filter (where r.is_wrong), '{}') into checked, active from recent r;

  if active = '{}' then
    perform app.clear_alert('share.dead_link_active');
  else
    perform app.raise_alert(
      'share.dead_link_active', 'critical', 'A revoked or expired link let somebody in.',
      jsonb_build_object('shareTokenIds', to_jsonb(active[1:50]), 'count', cardinality(active)), 'docs/runbooks/dead-link-active.md');
  end if;
end
$$;

grant execute on function app.end_dead_links(uuid, uuid), app.check_dead_links() to mm_service;
