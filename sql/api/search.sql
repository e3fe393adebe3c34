-- Finds what somebody names: videos by a part of their title, share links by a part of their label or by their public id, and for an
-- admin people by a part of their name or address. Row-level security decides on every table of it. Five of each kind, the newest first.
--
-- For an admin, whose policies let everything through, the parts are looked up in the indexes of trigrams. For a coach they cannot be: under a
-- policy that has to decide first, PostgreSQL asks an index nothing but what leaks nothing, and `ilike` is not of that kind. A coach's own rows
-- are read, newest first, by the index of their coach. Words without a trigram, which are two characters or signs alone, would be compared with
-- every row there is: they are looked for among the newest ten thousand.
create function api.search(words text) returns table (kind text, id uuid, title text, detail text)
language plpgsql stable security invoker
set search_path = ''
-- Whether the index of trigrams or the newest rows first is the shorter way depends on the words.
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
  wanted text := btrim(words);
  -- What somebody types is a text, never a pattern.
  pattern text := '%' || regexp_replace(wanted, '([\\%_])', '\\\1', 'g') || '%';
  -- Three letters or digits, the last two of a word, or the first of one.
  has_trigram boolean := wanted ~ '[[:alnum:]]{3}|[[:alnum:]]{2}[^[:alnum:]]|[^[:alnum:]][[:alnum:]]';
  videos_since timestamptz := '-infinity';
  links_since timestamptz := '-infinity';
begin
  perform app.refuse_fields(array_remove(array[
    case when coalesce(length(wanted), 0) not between 2 and 200
      then app.field_error('words', 'length', 'Search for 2 to 200 characters.') end
  ], null));
  if not has_trigram then
    select v.created_at into videos_since from app.videos v order by v.created_at desc, v.id desc offset 9999 limit 1;
    select t.created_at into links_since from app.share_tokens t order by t.created_at desc, t.id desc offset 9999 limit 1;
  end if;
  return query
    select * from (
      select 'video', v.id, v.title, v.status
      from app.videos v
      where v.title ilike pattern and v.status <> 'deleted' and v.created_at >= coalesce(videos_since, '-infinity')
      order by v.created_at desc, v.id desc limit 5) videos
    union all
    select * from (
      select 'share_link', t.id, coalesce(t.label, t.public_id), (select v.title from app.videos v where v.id = t.video_id)
      from app.share_tokens t
      where t.public_id = wanted) link
    union all
    select * from (
      select 'share_link', t.id, t.label, (select v.title from app.videos v where v.id = t.video_id)
      from app.share_tokens t
      where t.label ilike pattern and t.public_id <> wanted and t.created_at >= coalesce(links_since, '-infinity')
      order by t.created_at desc, t.id desc limit 5) links
    union all
    select * from (
      select 'person', p.id, coalesce(p.display_name, p.email, p.subject), p.email
      from app.profiles p
      where (select authz.caller_role()) = 'mm_admin' and (p.display_name ilike pattern or p.email ilike pattern)
      order by p.created_at desc, p.id desc limit 5) people;
end
$$;

comment on function api.search(text) is 'Finds videos, share links and, for an admin, people by what somebody names; five of each.';
grant execute on function api.search(text) to mm_coach, mm_admin;
