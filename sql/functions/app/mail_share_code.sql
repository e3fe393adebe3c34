-- Begins to mail a code: where to, for which video, and until when it works; no row when there is nothing to mail any more. What has become
-- useless before it was sent (the link or the code is dead, the recipient taken off, mail to the address bounced) is settled here.
create function app.begin_share_code_mail(challenge_id uuid)
returns table (address text, video_title text, expires_at timestamptz, attempts integer)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  challenge app.share_code_challenges;
  share app.share_tokens;
begin
  select c.* into challenge from app.share_code_challenges c
  where c.id = begin_share_code_mail.challenge_id and c.state = 'queued' for no key update;
  if not found then
    return;
  end if;
  select t.* into share from app.share_tokens t where t.id = challenge.share_token_id;
  if share.revoked_at is not null or challenge.expires_at <= now() or challenge.recipient_id is null or app.is_bounced(challenge.address_hash) then
    update app.share_code_challenges c
    set state = case when challenge.expires_at <= now() then 'failed' else 'withheld' end, address = null, finished_at = now()
    where c.id = challenge.id;
    return;
  end if;
  update app.share_code_challenges c set send_attempts = c.send_attempts + 1 where c.id = challenge.id;
  return query select challenge.address, v.title, challenge.expires_at, challenge.send_attempts + 1
    from app.videos v where v.id = share.video_id;
end
$$;

-- Records that the provider took the mail. The address goes: whom it went to is in the hash. That mail can leave again ends the alert.
create function app.record_share_code_sent(challenge_id uuid, provider_id text) returns boolean
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  update app.share_code_challenges c
  set state = 'sent', address = null, last_error = null, finished_at = now(),
      provider_id = left(nullif(record_share_code_sent.provider_id, ''), 200)
  where c.id = record_share_code_sent.challenge_id and c.state = 'queued';
  if found then
    perform app.clear_alert('mail.share_code');
  end if;
  return found;
end
$$;

-- Records a failed attempt. After the last one nobody can open the link by mail, so that operations are told.
create function app.record_share_code_failed(challenge_id uuid, error text, is_final boolean) returns text
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  outcome text;
begin
  update app.share_code_challenges c
  set last_error = app.scrub_text(record_share_code_failed.error, 1000),
      state = case when is_final then 'failed' else c.state end,
      address = case when not is_final then c.address end,
      finished_at = case when is_final then now() end
  where c.id = record_share_code_failed.challenge_id and c.state = 'queued'
  returning c.state into outcome;
  if outcome = 'failed' then
    perform app.raise_alert(
      'mail.share_code', 'warning', 'Codes for share links cannot be mailed',
      jsonb_build_object('challenge_id', record_share_code_failed.challenge_id), 'docs/runbooks/mail.md');
  end if;
  return outcome;
end
$$;

grant execute on function
  app.begin_share_code_mail(uuid), app.record_share_code_sent(uuid, text), app.record_share_code_failed(uuid, text, boolean) to mm_service;
