-- Seconds until another code for this address may be asked for, or null. All that were asked for count, whether the address is a recipient or
-- not, so that the limit tells nobody which it is; and those of a link together, so that nobody floods a whole domain.
create function app.code_wait(share_token_id uuid, address_hash bytea) returns integer
language sql stable
set search_path = ''
as $$
  with full_up as (
    select max(c.created_at) + app.code_pause() as until
    from app.share_code_challenges c
    where c.share_token_id = code_wait.share_token_id and c.address_hash = code_wait.address_hash
      and c.created_at > now() - app.code_pause()
    union all
    (select c.created_at + interval '1 hour'
     from app.share_code_challenges c
     where c.share_token_id = code_wait.share_token_id and c.address_hash = code_wait.address_hash
       and c.created_at > now() - interval '1 hour'
     order by c.created_at desc offset app.codes_per_hour() - 1 limit 1)
    union all
    (select c.created_at + interval '1 hour'
     from app.share_code_challenges c
     where c.share_token_id = code_wait.share_token_id and c.created_at > now() - interval '1 hour'
     order by c.created_at desc offset app.codes_per_link_and_hour() - 1 limit 1)
  )
  select greatest(ceil(extract(epoch from max(f.until) - now())), 1)::integer from full_up f having max(f.until) is not null
$$;

-- Asks for a code by which somebody proves that an address is theirs, and puts it on record. For an address that is no recipient, and one that
-- bounces, everything is written and enqueued alike, and nothing is mailed. The api makes the id and the code from it, and hands over a
-- keyed hash, so that neither the row nor the job holds what opens the link.
create function app.ask_share_code(
  public_id text, secret_hash bytea, email text, challenge_id uuid, code_hash bytea, request_id text, ip_hash bytea,
  session_id uuid default null,
  out rule text, out expires_at timestamptz, out retry_after_seconds integer
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  share app.share_tokens;
  hash bytea := app.address_hash(ask_share_code.email);
  recipient uuid;
  is_withheld boolean;
begin
  select t.* into share from app.share_tokens t where t.public_id = ask_share_code.public_id for share;
  rule := app.proof_refusal(share, ask_share_code.secret_hash, ask_share_code.session_id);
  if rule is null and share.recipients_only then
    perform pg_advisory_xact_lock(hashtextextended('mm.app.share_proof_attempts:' || share.id, 0));
    retry_after_seconds := app.code_wait(share.id, hash);
  end if;
  rule := case
    when rule is not null then rule
    when not share.recipients_only then 'proof.not_asked'
    when retry_after_seconds is not null then 'proof.throttled'
    else 'proof.code_asked'
  end;
  if rule = 'proof.code_asked' then
    recipient := app.recipient_of(share.id, ask_share_code.email);
    is_withheld := app.is_bounced(hash) or recipient is null;
    expires_at := least(now() + app.code_life(), share.expires_at);
    retry_after_seconds := extract(epoch from app.code_pause());
    insert into app.share_code_challenges (
      id, share_token_id, coach_id, recipient_id, address, address_hash, code_hash, expires_at, state, finished_at)
    values (
      ask_share_code.challenge_id, share.id, share.coach_id, recipient,
      case when not is_withheld then lower(btrim(ask_share_code.email)) end, hash, ask_share_code.code_hash, ask_share_code.expires_at,
      case when is_withheld then 'withheld' else 'queued' end, case when is_withheld then now() end);
    perform jobs.enqueue('mail-share-code', jsonb_build_object('challengeId', ask_share_code.challenge_id));
  end if;
  insert into app.share_proof_attempts (kind, rule, share_token_id, coach_id, challenge_id, public_id, address_hash, ip_hash, request_id)
  values (
    'code_request', ask_share_code.rule, share.id, share.coach_id,
    case when ask_share_code.rule = 'proof.code_asked' then ask_share_code.challenge_id end,
    left(ask_share_code.public_id, 64), hash, ask_share_code.ip_hash, left(ask_share_code.request_id, 200));
end
$$;

-- Tries a code. Only the newest one of the address counts, five times at the most, and right once; tries at the same moment queue up at its row.
-- Who has been taken off the recipients meanwhile is refused like a wrong code.
create function app.try_share_code(
  public_id text, secret_hash bytea, email text, code_hash bytea, request_id text, ip_hash bytea, session_id uuid default null,
  out rule text, out proof_expires_at timestamptz
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  share app.share_tokens;
  hash bytea := app.address_hash(try_share_code.email);
  challenge app.share_code_challenges;
begin
  select t.* into share from app.share_tokens t where t.public_id = try_share_code.public_id for share;
  rule := app.proof_refusal(share, try_share_code.secret_hash, try_share_code.session_id);
  if rule is null and not share.recipients_only then
    rule := 'proof.not_asked';
  elsif rule is null then
    perform pg_advisory_xact_lock(hashtextextended('mm.app.share_proof_attempts:' || share.id, 0));
    select c.* into challenge from app.share_code_challenges c
    where c.share_token_id = share.id and c.address_hash = hash
    order by c.created_at desc limit 1;
    rule := case
      when challenge.used_at is null and challenge.expires_at > now() and challenge.attempts < app.tries_per_code()
        and challenge.code_hash = try_share_code.code_hash and app.is_recipient(share.id, try_share_code.email)
        then 'proof.code_right'
      else 'proof.code_wrong'
    end;
    update app.share_code_challenges c
    set attempts = least(c.attempts + 1, app.tries_per_code()),
        used_at = case when try_share_code.rule = 'proof.code_right' then now() else c.used_at end
    where c.id = challenge.id;
  end if;
  if rule = 'proof.code_right' then
    proof_expires_at := app.proof_end(share);
  end if;
  insert into app.share_proof_attempts (kind, rule, share_token_id, coach_id, challenge_id, public_id, address_hash, ip_hash, request_id)
  values (
    'code', try_share_code.rule, share.id, share.coach_id, challenge.id, left(try_share_code.public_id, 64), hash, try_share_code.ip_hash,
    left(try_share_code.request_id, 200));
end
$$;

grant execute on function
  app.ask_share_code(text, bytea, text, uuid, bytea, text, bytea, uuid),
  app.try_share_code(text, bytea, text, bytea, text, bytea, uuid) to mm_service;
