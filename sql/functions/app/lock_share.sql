-- Locks the share link that the caller is about to change, and refuses what holds for every change: one that is not the caller's is answered
-- like one that does not exist; one that was revoked or has ended changes no more.
create function app.lock_share(share_id uuid) returns app.share_tokens
language plpgsql volatile
set search_path = ''
as $$
declare
  share app.share_tokens;
begin
  select t.* into share from app.share_tokens t where t.id = share_id for no key update;
  if not found or not authz.can_manage(share.coach_id) then
    perform app.fail(404, 'share.not_found', 'There is no such share link, or you may not change it.');
  end if;
  if share.revoked_at is not null then
    perform app.fail(409, 'share.already_revoked', 'This share link has been revoked before.');
  end if;
  if share.expires_at <= now() then
    perform app.fail(409, 'share.expired', 'This share link has expired.');
  end if;
  return share;
end
$$;

-- Refuses the wrong fields of such a change, those that every change has among them, and then a version that is not the link's: nobody
-- overwrites what somebody else has just written without having seen it. A reason may be left out.
create function app.check_share_change(share app.share_tokens, version integer, reason text, errors jsonb[]) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.refuse_fields(
    errors
    || case when reason is null then '{}' else app.reason_errors(reason) end
    || case when version is null
      then array[app.field_error('version', 'required', 'Say which version of the link you have seen.')] else '{}' end);
  if share.version <> check_share_change.version then
    perform app.fail(409, 'data.changed_meanwhile', 'Somebody else has changed this share link. Please look at it again.');
  end if;
end
$$;
