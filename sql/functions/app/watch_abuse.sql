-- What a rule of app.abuse_rules finds: how many subjects (addresses, links) are at its threshold or above, or 1 for everybody together, the
-- greatest count, and which links. Only the rows of its window are read, by the time, so that months of decisions cost nothing.
create function app.find_abuse(
  rule_id text, threshold integer, since timestamptz, out subjects bigint, out greatest_count bigint, out link_ids uuid[]
)
language plpgsql stable
set search_path = ''
as $$
begin
  case rule_id
    when 'guessing' then
      select count(*), max(f.amount) into subjects, greatest_count
      from (
        select count(*) as amount
        from (
          select d.ip_hash from app.playback_decisions d
          where d.decided_at > since and d.kind = 'share' and d.rule in ('play.unknown_link', 'play.wrong_secret')
          union all
          -- Whoever guesses at the steps of a link guesses as well.
          select a.ip_hash from app.share_proof_attempts a
          where a.attempted_at > since
            and a.rule in ('play.unknown_link', 'play.wrong_secret', 'proof.passphrase_wrong', 'proof.code_wrong')
        ) g
        where g.ip_hash is not null
        group by g.ip_hash having count(*) >= threshold
      ) f;
    when 'many-links' then
      select count(*), max(f.amount) into subjects, greatest_count
      from (
        select count(distinct d.public_id) as amount from app.playback_decisions d
        where d.decided_at > since and d.kind = 'share' and d.ip_hash is not null
        group by d.ip_hash having count(distinct d.public_id) >= threshold
      ) f;
    when 'spread' then
      select count(*), max(f.amount), (array_agg(f.share_token_id order by f.amount desc))[1:5]
      into subjects, greatest_count, link_ids
      from (
        select d.share_token_id, count(distinct d.ip_hash) as amount from app.playback_decisions d
        where d.decided_at > since and d.kind = 'share' and d.allowed
        group by d.share_token_id having count(distinct d.ip_hash) >= threshold
      ) f;
    when 'refusals' then
      select (count(*) >= threshold)::integer, count(*) into subjects, greatest_count
      from app.playback_decisions d where d.decided_at > since and not d.allowed;
    when 'signatures' then
      select (coalesce(sum(r.refused), 0) >= threshold)::integer, coalesce(sum(r.refused), 0) into subjects, greatest_count
      from app.webhook_refusals r where r.day = (now() at time zone 'UTC')::date and r.last_at > since;
    when 'limits' then
      select (coalesce(sum(h.hits), 0) >= threshold)::integer, coalesce(sum(h.hits), 0) into subjects, greatest_count
      from app.rate_limit_hits h
      where h.hour >= date_trunc('hour', since, 'UTC') and h.last_at > since and h.mode = 'enforce';
  end case;
end
$$;

-- What an alert of a rule says. Numbers only: it names nobody.
create function app.abuse_title(rule_id text, subjects bigint, greatest_count bigint, window_minutes integer) returns text
language sql immutable
set search_path = ''
as $$
  select case rule_id
    when 'guessing' then format('Share links are being guessed (addresses: %s)', subjects)
    when 'many-links' then format('Many different links are asked for (addresses: %s)', subjects)
    when 'spread' then format('Links are opened from many addresses (links: %s)', subjects)
    when 'refusals' then format('%s requests to watch were refused in %s minutes', greatest_count, window_minutes)
    when 'signatures' then format('%s webhooks were refused for their signature today', greatest_count)
    when 'limits' then format('Rate limits refused %s requests in about %s minutes', greatest_count, window_minutes)
  end
$$;

-- Looks for abuse by every rule (RL-07), raises an alert while there is some and resolves it when it has ended. Answers how many rules found
-- some. In the order of the keys, so that two that look at once wait for one another.
create function app.watch_abuse() returns integer
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  rule app.abuse_rules;
  found_now record;
  met integer := 0;
begin
  for rule in select r.* from app.abuse_rules r order by r.id loop
    select f.* into found_now
    from app.find_abuse(rule.id, rule.threshold, now() - make_interval(mins => rule.window_minutes)) f
    where rule.is_watched;
    perform app.watch_condition(
      coalesce(found_now.subjects > 0, false), 'abuse.' || rule.id, 'warning',
      app.abuse_title(rule.id, found_now.subjects, found_now.greatest_count, rule.window_minutes),
      jsonb_strip_nulls(jsonb_build_object(
        'subjects', found_now.subjects, 'greatest', found_now.greatest_count, 'threshold', rule.threshold,
        'window_minutes', rule.window_minutes, 'link_ids', found_now.link_ids)),
      'docs/runbooks/abuse.md');
    met := met + coalesce((found_now.subjects > 0)::integer, 0);
  end loop;
  return met;
end
$$;

grant execute on function app.watch_abuse() to mm_service;
