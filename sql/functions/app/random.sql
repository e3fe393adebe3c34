-- The secret of a share link: 256 bits as 43 characters of base64url. gen_random_uuid() draws 122 bits from the system's strong random
-- source; two of them through SHA-256 leave well over the 128 bits that SH-05 asks for.
create function app.random_secret() returns text
language sql volatile
set search_path = ''
as $$
  select rtrim(translate(
    encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'base64'), '+/', '-_'), '=')
$$;

-- The id in a share link's path: 12 characters of base62, about 71 bits. It need not be secret, only unguessable enough to be unique.
create function app.random_public_id() returns text
language sql volatile
set search_path = ''
as $$
  select string_agg(
    substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 1 + get_byte(bytes, i) % 62, 1), '' order by i)
  from sha256(uuid_send(gen_random_uuid())) bytes, generate_series(0, 11) i
$$;
