-- Lets a share link that lives end later (SH-06, SH-09): for its owner or an admin, up to 7 days from its start and never beyond. An end that
-- misses the bound by less than a minute is moved onto it.
create function api.extend_share_token(
  inout id uuid, inout version integer, inout expires_at timestamptz, reason text default null
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  share app.share_tokens := app.lock_share(extend_share_token.id);
  latest timestamptz := coalesce(share.starts_at, share.created_at) + app.max_share_life();
begin
  perform app.check_share_change(share, extend_share_token.version, extend_share_token.reason, array_remove(array[
    case
      when extend_share_token.expires_at is null
        then app.field_error('expires_at', 'required', 'Say until when the link shall live.')
      when extend_share_token.expires_at > latest + interval '1 minute'
        then app.field_error('expires_at', 'too_late', 'A share link lives for at most 7 days.')
      when least(extend_share_token.expires_at, latest) <= share.expires_at
        then app.field_error('expires_at', 'too_early', 'The link lives until then already. To end it sooner, revoke it.')
    end
  ], null));

  perform audit.explain('share_token.extended', btrim(extend_share_token.reason));
  perform set_config('mm.share_change', 'extend ' || share.id, true);
  update app.share_tokens t set expires_at = least(extend_share_token.expires_at, latest)
  where t.id = share.id
  returning t.version, t.expires_at into extend_share_token.version, extend_share_token.expires_at;
  perform set_config('mm.share_change', '', true);
  perform audit.explain();
end
$$;

comment on function api.extend_share_token(uuid, integer, timestamptz, text) is
  'Lets a share link that lives end later, at most 7 days from its start; answers its new end and version.';
grant execute on function api.extend_share_token(uuid, integer, timestamptz, text) to mm_coach, mm_admin;
