-- The account of somebody who watches by a link and is signed in, as the api has verified their token: null when they never signed in
-- here, are suspended, or their session has been ended. SH-12: what is not certain counts as not signed in.
create function authz.viewer_profile(subject text, session_id text) returns uuid
language sql stable
set search_path = ''
as $$
  select p.id from app.profiles p
  where p.subject = viewer_profile.subject and p.suspended_at is null
    and viewer_profile.session_id <> ''
    and not exists (
      select from authz.sessions s
      where s.id = viewer_profile.session_id and (s.denied_at is not null or s.profile_id <> p.id))
$$;
