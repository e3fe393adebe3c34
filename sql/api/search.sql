-- Finds what somebody names: videos by a part of their title, share links by a part of their label or by their public id, and for an
-- admin people by a part of their name or address. Row-level security decides on every table of it. Five of each kind, the newest first.
create function api.search(words text) returns table (kind text, id uuid, title text, detail text)
language plpgsql stable security invoker
set search_path = ''
as $$
#variable_conflict use_column
declare
  wanted text := btrim(words);
  -- What somebody types is a text, never a pattern.
  pattern text := '%' || regexp_replace(wanted, '([\\%_])', '\\\1', 'g') || '%';
begin
  perform app.refuse_fields(array_remove(array[
    case when coalesce(length(wanted), 0) not between 2 and 200
      then app.field_error('words', 'length', 'Search for 2 to 200 characters.') end
  ], null));
  return query
    select * from (
      select 'video', v.id, v.title, v.status
      from app.videos v
      where v.title ilike pattern and v.status <> 'deleted'
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
      where t.label ilike pattern and t.public_id <> wanted
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
