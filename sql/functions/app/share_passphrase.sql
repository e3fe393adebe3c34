-- Seconds until the passphrase of a link may be tried again by somebody at this network address, or null: a few wrong tries by the same one, and
-- more by all of them together, so that a botnet guesses no faster than a person forgets.
create function app.passphrase_wait(share_token_id uuid, ip_hash bytea) returns integer
language sql stable
set search_path = ''
as $$
  with wrong as (
    select a.attempted_at, a.ip_hash is not distinct from passphrase_wait.ip_hash as is_own
    from app.share_proof_attempts a
    where a.share_token_id = passphrase_wait.share_token_id and a.kind = 'passphrase' and a.rule = 'proof.passphrase_wrong'
      and a.attempted_at > now() - app.passphrase_window()
  ), full_up as (
    (select w.attempted_at from wrong w where w.is_own order by w.attempted_at desc offset app.wrong_passphrases_each() - 1 limit 1)
    union all
    (select w.attempted_at from wrong w order by w.attempted_at desc offset app.wrong_passphrases_together() - 1 limit 1)
  )
  select greatest(ceil(extract(epoch from max(f.attempted_at) + app.passphrase_window() - now())), 1)::integer from full_up f having max(f.attempted_at) is not null
$$;

-- Begins a try of a link's passphrase and puts it on record as wrong, until app.settle_passphrase() says otherwise: so tries at the same moment
-- are all counted. The hash that it must fit is answered to the api for the right secret of a link that opens, and only then has anybody to
-- compute anything. Without a hash, `rule` says why.
create function app.try_passphrase(
  public_id text, secret_hash bytea, request_id text, ip_hash bytea, session_id uuid default null,
  out attempt_id uuid, out rule text, out passphrase_hash text, out proof_expires_at timestamptz, out retry_after_seconds integer
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  share app.share_tokens;
begin
  select t.* into share from app.share_tokens t where t.public_id = try_passphrase.public_id for share;
  rule := app.proof_refusal(share, try_passphrase.secret_hash, try_passphrase.session_id);
  if rule is null and share.has_passphrase then
    -- Those that try at the same moment queue up, and each sees the tries before.
    perform pg_advisory_xact_lock(hashtextextended('mm.app.share_proof_attempts:' || share.id, 0));
    retry_after_seconds := app.passphrase_wait(share.id, try_passphrase.ip_hash);
  end if;
  rule := case
    when rule is not null then rule
    when not share.has_passphrase then 'proof.not_asked'
    when retry_after_seconds is not null then 'proof.throttled'
    else 'proof.passphrase_wrong'
  end;
  if rule = 'proof.passphrase_wrong' then
    passphrase_hash := share.passphrase_hash;
    proof_expires_at := app.proof_end(share);
  end if;
  insert into app.share_proof_attempts as a (kind, rule, share_token_id, coach_id, public_id, ip_hash, request_id)
  values (
    'passphrase', try_passphrase.rule, share.id, share.coach_id, left(try_passphrase.public_id, 64), try_passphrase.ip_hash,
    left(try_passphrase.request_id, 200))
  returning a.id into attempt_id;
end
$$;

-- Puts on record that the passphrase of a try was the right one. Answers whether there was such a try to settle.
create function app.settle_passphrase(attempt_id uuid) returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  update app.share_proof_attempts a
  set rule = 'proof.passphrase_right'
  where a.id = attempt_id and a.kind = 'passphrase' and a.rule = 'proof.passphrase_wrong' and a.attempted_at > now() - interval '1 minute';
  return found;
end
$$;

grant execute on function app.try_passphrase(text, bytea, text, bytea, uuid), app.settle_passphrase(uuid) to mm_service;
