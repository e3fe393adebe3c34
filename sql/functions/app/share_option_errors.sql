-- The rules of a share link's options, each null when it is not given. `least_views` is what a limit may not fall below: the views that
-- have been claimed.
create function app.share_option_errors(
  note text, max_views integer, least_views integer, recipients text[], embed_origins text[]
) returns jsonb[]
language sql stable
set search_path = ''
as $$
  select array_remove(array[
    case when length(note) > 1000
      then app.field_error('note', 'length', 'The note may have at most 1,000 characters.') end,
    case when max_views not between 1 and app.max_share_views()
      then app.field_error('max_views', 'range', format('A view limit is between 1 and %s.', app.max_share_views()))
      when max_views < least_views
      then app.field_error('max_views', 'claimed', format('%s views have been claimed already; the limit cannot be lower.', least_views)) end,
    case when cardinality(recipients) = 0
      then app.field_error('recipients', 'required', 'Name at least one recipient. A link for recipients cannot become one for everybody.')
      when cardinality(recipients) > app.max_recipients()
      then app.field_error('recipients', 'count', format('Name at most %s recipients.', app.max_recipients()))
      when exists (select from app.read_recipients(recipients) r where r.kind is null or r.value is null)
      then app.field_error('recipients', 'format', 'Write each recipient as an e-mail address, or as a domain such as @club.example.') end,
    case when cardinality(embed_origins) > 10
      then app.field_error('embed_origins', 'count', 'Name at most 10 sites.')
      when exists (
        select from unnest(embed_origins) o
        where o is null or lower(btrim(o)) !~ '^https://[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?(:[1-9][0-9]{0,4})?$')
      then app.field_error('embed_origins', 'format', 'Write each site as an origin such as https://club.example, without a path.') end
  ], null)
$$;

-- The rule of a passphrase's hash: argon2id with costs that are neither weak nor a burden. A check constraint says the same.
create function app.passphrase_hash_errors(passphrase_hash text) returns jsonb[]
language sql immutable
set search_path = ''
as $$
  select array_remove(array[
    case when passphrase_hash
      !~ '^\$argon2id\$v=19\$m=(19456|32768|65536),t=[2-4],p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$'
      then app.field_error('passphrase_hash', 'format', 'A passphrase is handed over as its argon2id hash.') end
  ], null)
$$;

-- The rule of when a share link begins and ends (SH-06). A moment that misses a bound by less than a minute is moved onto it by
-- app.share_life: "in 24 hours", reckoned in a browser, is a moment short of that when it arrives.
create function app.share_life_errors(starts_at timestamptz, ends_at timestamptz, life_begins_at timestamptz) returns jsonb[]
language sql stable
set search_path = ''
as $$
  select array_remove(array[
    case when starts_at < now() - interval '1 minute'
      then app.field_error('starts_at', 'too_early', 'A share link cannot begin in the past.')
      when starts_at > now() + app.max_share_lead()
      then app.field_error('starts_at', 'too_late', 'A share link begins within 90 days.') end,
    case when ends_at < life_begins_at + app.min_share_life() - interval '1 minute'
      then app.field_error('expires_at', 'too_early', 'A share link lives for at least 24 hours.')
      when ends_at > life_begins_at + app.max_share_life() + interval '1 minute'
      then app.field_error('expires_at', 'too_late', 'A share link lives for at most 7 days.') end
  ], null)
$$;

-- Sites as they are kept: without blanks around, in lower case, each once.
create function app.read_origins(embed_origins text[]) returns text[]
language sql immutable
set search_path = ''
as $$
  select coalesce(array_agg(distinct lower(btrim(o))), '{}') from unnest(embed_origins) o
$$;
