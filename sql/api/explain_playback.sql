-- Why a video, or by one link, could be watched or not in a period: one row for each link that was valid or was opened then, and one for previews
-- by staff. Tells who made the link, which part of the period it was valid in, how many were let in, went on or were refused, by which
-- rules, what had been changed of it until then, and the newest 50 decisions. For the video's owner or an admin; a period has 31 days at
-- the most. A decision belongs to a period when it was taken in it, or when what it let in could still play in it.
--
-- That a link's present end is not before the one that it had then is sure: a link is only ever extended while it lives.
create function api.explain_playback(
  from_at timestamptz, before_at timestamptz, of_video_id uuid default null, of_share_token_id uuid default null
) returns table (
  kind text, share_token_id uuid, public_id text, label text, video_id uuid, video_title text, created_at timestamptz,
  created_by_name text, starts_at timestamptz, expires_at timestamptz, revoked_at timestamptz, revoke_reason text,
  valid_from timestamptz, valid_until timestamptz, plays integer, renewals integer, refusals integer,
  last_token_expires_at timestamptz, rules jsonb, decisions jsonb, changes jsonb
)
language plpgsql stable security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  video app.videos;
begin
  perform app.refuse_fields(array_remove(array[
    case when of_video_id is null and of_share_token_id is null
      then app.field_error('of_video_id', 'required', 'Say which video or which share link.') end,
    case when from_at is null then app.field_error('from_at', 'required', 'Say from when on.') end,
    case when before_at is null then app.field_error('before_at', 'required', 'Say until when.')
      when before_at <= from_at then app.field_error('before_at', 'order', 'The end comes after the beginning.')
      when before_at > from_at + interval '31 days'
      then app.field_error('before_at', 'too_late', 'Ask for 31 days at the most.') end
  ], null));
  select v.* into video from app.videos v
  where (of_video_id is null or v.id = of_video_id)
    and (of_share_token_id is null or v.id = (select t.video_id from app.share_tokens t where t.id = of_share_token_id));
  if not found or not authz.can_manage(video.coach_id) then
    perform app.fail(404, 'video.not_found', 'There is no such video or link, or you may not see it.');
  end if;

  return query
    with decided as materialized (
      select d.* from app.playback_decisions d
      where d.video_id = video.id
        and (of_share_token_id is null or d.share_token_id = of_share_token_id)
        -- No token lives longer: it spares a look into the months before.
        and d.decided_at >= from_at - make_interval(secs => app.max_playback_token_ttl()) and d.decided_at < before_at
        and coalesce(d.token_expires_at, d.decided_at) >= from_at
    ),
    asked as (
      select 'share' as kind, t.id, greatest(coalesce(t.starts_at, t.created_at), from_at) as valid_from,
             least(t.expires_at, t.revoked_at, before_at) as valid_until
      from app.share_tokens t
      where t.video_id = video.id and (of_share_token_id is null or t.id = of_share_token_id) and t.created_at < before_at
      union all
      select 'preview', null, null, null where of_share_token_id is null
    )
    select a.kind, a.id, t.public_id, t.label, video.id, video.title, t.created_at,
           (select p.display_name from app.profiles p where p.id = t.created_by and app.may_name(p.id)),
           t.starts_at, t.expires_at, t.revoked_at, t.revoke_reason,
           case when a.valid_from < a.valid_until then a.valid_from end,
           case when a.valid_from < a.valid_until then a.valid_until end,
           s.plays, s.renewals, s.refusals, s.last_token_expires_at, s.rules, s.decisions,
           case when a.id is null then '[]' else app.link_changes(a.id, before_at) end
    from asked a
    left join app.share_tokens t on t.id = a.id
    cross join lateral (
      select count(*) filter (where d.allowed and not d.is_renewal)::integer as plays,
             count(*) filter (where d.is_renewal)::integer as renewals,
             count(*) filter (where not d.allowed)::integer as refusals,
             max(d.token_expires_at) as last_token_expires_at,
             coalesce((
               select jsonb_agg(jsonb_build_object('rule', r.rule, 'count', r.n, 'first_at', r.first_at, 'last_at', r.last_at) order by r.n desc, r.rule)
               from (
                 select e.rule, count(*) as n, min(e.decided_at) as first_at, max(e.decided_at) as last_at
                 from decided e where e.kind = a.kind and e.share_token_id is not distinct from a.id group by e.rule) r), '[]') as rules,
             coalesce((
               select jsonb_agg(
                 jsonb_build_object(
                   'id', e.id, 'decided_at', e.decided_at, 'allowed', e.allowed, 'is_renewal', e.is_renewal, 'rule', e.rule,
                   'token_expires_at', e.token_expires_at, 'user_agent_family', e.user_agent_family, 'request_id', e.request_id,
                   'by_name', (select p.display_name from app.profiles p where p.id = e.profile_id and app.may_name(p.id)))
                 order by e.decided_at desc, e.id desc)
               from (
                 select * from decided e
                 where e.kind = a.kind and e.share_token_id is not distinct from a.id
                 order by e.decided_at desc, e.id desc limit 50) e), '[]') as decisions
      from decided d
      where d.kind = a.kind and d.share_token_id is not distinct from a.id
    ) s
    where a.valid_from < a.valid_until or s.plays + s.renewals + s.refusals > 0
    order by a.kind desc, t.created_at desc, a.id desc;
end
$$;

comment on function api.explain_playback(timestamptz, timestamptz, uuid, uuid) is
  'Why a video, or by one link, could be watched or not in a period of 31 days at the most: links, rules, decisions and changes.';
grant execute on function api.explain_playback(timestamptz, timestamptz, uuid, uuid) to mm_coach, mm_admin;
