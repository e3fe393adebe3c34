-- What a coach writes for whom a link is, one text each (ann@club.example, or @club.example for everybody there), as kind and value:
-- without blanks around, in lower case, each once. A text that is neither has the kind null.
create function app.read_recipients(recipients text[]) returns table (kind text, value text)
language sql immutable
set search_path = ''
as $$
  select distinct
    case
      when w.text ~ '^@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$' and length(w.text) <= 254 then 'domain'
      when w.text ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' and length(w.text) <= 254 then 'email'
    end,
    ltrim(w.text, '@')
  from (select lower(btrim(r)) as text from unnest(recipients) r) w
$$;

-- Makes the recipients of a link exactly these, which have been found good.
create function app.set_recipients(share app.share_tokens, recipients text[]) returns void
language sql volatile
set search_path = ''
as $$
  delete from app.share_recipients r
  where r.share_token_id = share.id
    and not exists (select from app.read_recipients(recipients) w where w.kind = r.kind and w.value = r.value);
  insert into app.share_recipients (share_token_id, coach_id, kind, value)
  select share.id, share.coach_id, w.kind, w.value from app.read_recipients(recipients) w
  on conflict do nothing;
$$;

-- Which recipient of the link an address belongs to: the one that names it, before the one that names its domain. Null for no address, and for
-- every address when the link has no recipient.
create function app.recipient_of(share_token_id uuid, email text) returns uuid
language sql stable
set search_path = ''
as $$
  select r.id
  from app.share_recipients r
  where r.share_token_id = recipient_of.share_token_id
    and (r.kind, r.value) in (
      ('email', lower(recipient_of.email)), ('domain', split_part(lower(recipient_of.email), '@', 2)))
  order by r.kind desc
  limit 1
$$;

-- Whether this address is one of those that the link is for.
create function app.is_recipient(share_token_id uuid, email text) returns boolean
language sql stable
set search_path = ''
as $$
  select app.recipient_of(is_recipient.share_token_id, is_recipient.email) is not null
$$;
