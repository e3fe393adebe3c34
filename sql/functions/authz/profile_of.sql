-- The profile of somebody known by their id at the identity provider; null when there is none, and while it is suspended. For functions
-- that have read the token already: granted to nobody, so that nobody asks for somebody else's.
create function authz.profile_of(subject text) returns uuid
language plpgsql stable
set search_path = ''
as $$
begin
  return (select p.id from app.profiles p where p.subject = profile_of.subject and p.suspended_at is null);
end
$$;
