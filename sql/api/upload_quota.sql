-- The caller's own quota of uploads (AD-08).
create function api.upload_quota(out uploads_per_day integer, out uploads_left integer, out next_at timestamptz)
language sql stable security definer
set search_path = ''
as $$
  select q.uploads_per_day, q.uploads_left, q.next_at from app.remaining_uploads(authz.require_profile()) q
$$;

comment on function api.upload_quota() is
  'How many uploads the caller may still start in these 24 hours; when none is left, next_at says when the next is possible.';
grant execute on function api.upload_quota() to mm_coach;
