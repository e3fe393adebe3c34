-- Changes what may be changed of a share link that lives (SH-09): for its owner or an admin. An option that is null stays as it is; an
-- empty label or note, a view limit of 0 and an empty list of sites take it away. A link for recipients stays one: the list can be
-- another, not empty. `version` is the one that the caller has seen. Owner, video, start, passphrase and sign-in never change.
create function api.update_share_token(
  inout id uuid, inout version integer, label text default null, note text default null, max_views integer default null,
  recipients text[] default null, embed_origins text[] default null, reason text default null
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  share app.share_tokens := app.lock_share(update_share_token.id);
  wanted_label text := nullif(btrim(coalesce(update_share_token.label, share.label)), '');
  wanted_note text := nullif(btrim(coalesce(update_share_token.note, share.note)), '');
begin
  perform app.check_share_change(
    share, update_share_token.version, update_share_token.reason,
    app.share_token_field_errors(wanted_label)
    || app.share_option_errors(
      wanted_note, nullif(update_share_token.max_views, 0), app.claimed_views(share.id), update_share_token.recipients,
      update_share_token.embed_origins));

  perform audit.explain('share_token.changed', btrim(update_share_token.reason));
  update app.share_tokens t
  set label = wanted_label,
      note = wanted_note,
      max_views = nullif(coalesce(update_share_token.max_views, t.max_views), 0),
      recipients_only = t.recipients_only or update_share_token.recipients is not null,
      embed_origins = case
        when update_share_token.embed_origins is null then t.embed_origins
        else app.read_origins(update_share_token.embed_origins) end
  where t.id = share.id
  returning t.version into update_share_token.version;
  if update_share_token.recipients is not null then
    perform app.set_recipients(share, update_share_token.recipients);
  end if;
  perform audit.explain();
end
$$;

comment on function api.update_share_token(uuid, integer, text, text, integer, text[], text[], text) is
  'Changes label, note, view limit, recipients and embedding sites of a share link that lives; answers its new version.';
grant execute on function api.update_share_token(uuid, integer, text, text, integer, text[], text[], text) to mm_coach, mm_admin;
