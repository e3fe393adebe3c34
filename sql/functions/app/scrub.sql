-- What must not be written down, taken out of text (OB-02): tokens, secrets of links, passwords in URLs, long random strings, addresses of
-- mail and of machines. A second line of defence: whoever logs leaves them out in the first place. At most `max_length` characters.
create function app.scrub_text(value text, max_length integer) returns text
language sql immutable
set search_path = ''
as $$
  select left(
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
      left(value, 4 * max_length),
      'eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]*)?', '[token]', 'g'),
      '(bearer|basic)\s+[^\s"'',]+', '\1 [token]', 'gi'),
      '(https?://[^\s#"''<>]*#)[^\s"''<>]+', '\1[secret]', 'g'),
      '(://)[^\s/@"'']+@', '\1[removed]@', 'g'),
      '(passw(or)?d|passphrase|secret|token|signature|api[_-]?key|cookie)(["'']?\s*[=:]\s*["'']?)(?!\[)[^\s"''&,;]+', '\1\3[removed]', 'gi'),
      '[^\s@<>"''():,;=\[\]]+@[^\s@<>"''():,;\[\]]+\.[A-Za-z]{2,}', '[email]', 'g'),
      '\m(\d{1,3}\.){3}\d{1,3}\M|([0-9A-Fa-f]{1,4}:){3,7}[0-9A-Fa-f:]+', '[address]', 'g'),
      '[A-Za-z0-9_-]{40,}', '[random]', 'g'),
    max_length)
$$;

-- The same for a JSON value, and values whose key says that they are a secret or about a person are left out; so is what lies too deep.
create function app.scrub_json(value jsonb, depth integer default 0) returns jsonb
language plpgsql immutable
set search_path = ''
as $$
begin
  if depth > 6 then
    return '"[too deep]"';
  end if;
  return case jsonb_typeof(value)
    when 'object' then coalesce((
      select jsonb_object_agg(
        app.scrub_text(e.key, 100),
        case
          when e.key ~* '(passw|passphrase|secret|token|authori[sz]ation|cookie|signature|api_?key|e-?mail|phone|(display|first|last|full|user)_?name|address|(^|_)ip($|_))'
            then '"[removed]"'::jsonb
          else app.scrub_json(e.value, depth + 1)
        end)
      from jsonb_each(value) e), '{}')
    when 'array' then coalesce((
      select jsonb_agg(app.scrub_json(e.value, depth + 1) order by e.place)
      from jsonb_array_elements(value) with ordinality e (value, place)), '[]')
    when 'string' then to_jsonb(app.scrub_text(value #>> '{}', 1000))
    else value
  end;
end
$$;

-- An object of facts for somebody to read: scrubbed, and replaced by a word when it is none or larger than 8 kB.
create function app.scrub_facts(value jsonb) returns jsonb
language sql immutable
set search_path = ''
as $$
  select case
    when value is null or jsonb_typeof(value) = 'null' then '{}'
    when octet_length(value::text) > 65536 then '{"removed": "too large"}'
    when jsonb_typeof(value) <> 'object' then jsonb_build_object('value', app.scrub_json(value))
    when octet_length(app.scrub_json(value)::text) > 8192 then '{"removed": "too large"}'
    else app.scrub_json(value)
  end
$$;
