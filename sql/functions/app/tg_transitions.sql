-- Refuses to move a state down (UP-03). The functions that fold never try; this is for everybody else.
create function app.tg_upload_job_only_up() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if app.upload_state_rank(new.state) < app.upload_state_rank(old.state) then
    perform app.fail(409, 'upload.state_backwards', format('An upload that is %s cannot become %s.', old.state, new.state));
  end if;
  return new;
end
$$;

create function app.tg_video_only_up() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if app.video_status_rank(new.status) < app.video_status_rank(old.status) then
    perform app.fail(409, 'video.status_backwards', format('A video that is %s cannot become %s.', old.status, new.status));
  end if;
  return new;
end
$$;

create function app.tg_asset_only_up() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if app.asset_status_rank(new.status) < app.asset_status_rank(old.status) then
    perform app.fail(409, 'asset.status_backwards', format('An asset that is %s cannot become %s.', old.status, new.status));
  end if;
  return new;
end
$$;

-- A revocation is final, and its facts are not rewritten; erasing its owner replaces the reason.
create function app.tg_share_token_stays_revoked() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if old.revoked_at is not null
     and ((new.revoked_at, new.revoked_by) is distinct from (old.revoked_at, old.revoked_by)
          or new.revoke_reason is distinct from old.revoke_reason and not app.is_erasing('app.share_tokens.revoke_reason')) then
    perform app.fail(409, 'share.already_revoked', 'This share link has been revoked before.');
  end if;
  return new;
end
$$;

create function app.tg_webhook_event_transition() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.state <> old.state
     and not exists (
       select from app.webhook_event_transitions() t where t.from_state = old.state and t.to_state = new.state) then
    perform app.fail(409, 'webhook.state_final', format('An event that is %s cannot become %s.', old.state, new.state));
  end if;
  return new;
end
$$;

create function app.tg_erasure_transition() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.state <> old.state
     and not exists (select from app.erasure_transitions() t where t.from_state = old.state and t.to_state = new.state) then
    perform app.fail(409, 'erasure.decided', format('A request that is %s cannot become %s.', old.state, new.state));
  end if;
  return new;
end
$$;

create function app.tg_erasure_step_transition() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.state <> old.state
     and not exists (select from app.erasure_step_transitions() t where t.from_state = old.state and t.to_state = new.state) then
    perform app.fail(409, 'erasure.step_state', format('A step that is %s cannot become %s.', old.state, new.state));
  end if;
  return new;
end
$$;

create function app.tg_alert_transition() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.state <> old.state
     and not exists (select from app.alert_transitions() t where t.from_state = old.state and t.to_state = new.state) then
    perform app.fail(409, 'alert.resolved', format('An alert that is %s cannot become %s.', old.state, new.state));
  end if;
  return new;
end
$$;

create function app.tg_delivery_transition() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.state <> old.state
     and not exists (select from app.delivery_transitions() t where t.from_state = old.state and t.to_state = new.state) then
    perform app.fail(409, 'notification.state_final', format('A delivery that is %s cannot become %s.', old.state, new.state));
  end if;
  return new;
end
$$;
