-- The payload of a webhook event as operations may see it (JB-09): ids, types, states, times and measures are shown, everything else is
-- masked. What is shown is a list, so that what a provider adds tomorrow is masked until somebody decides. A playback id is no such id, and
-- a passthrough is shown only when it is what we gave it, a UUID. Names, addresses, URLs, tokens, texts and metadata are on no list.
-- `key` is the name under which the value stands.
create function app.mask_webhook_payload(value jsonb, key text default 'data', depth integer default 0) returns jsonb
language plpgsql immutable
set search_path = ''
as $$
#variable_conflict use_variable
begin
  return case
    when jsonb_typeof(value) = 'null' then value
    when jsonb_typeof(value) in ('object', 'array') and depth < 8 and key = any (array[
      'data', 'object', 'environment', 'error', 'errors', 'tracks', 'playback_ids', 'new_asset_settings', 'static_renditions', 'files',
      'non_standard_input_reasons', 'email_addresses', 'verification', 'bounce'])
    then case jsonb_typeof(value)
      when 'object' then coalesce((
        select jsonb_object_agg(
          left(e.key, 64),
          case when key = 'playback_ids' and e.key = 'id' then '"[masked]"' else app.mask_webhook_payload(e.value, e.key, depth + 1) end)
        from jsonb_each(value) e), '{}')
      else coalesce((
        select jsonb_agg(app.mask_webhook_payload(e.value, key, depth + 1) order by e.place)
        from jsonb_array_elements(value) with ordinality e (value, place)), '[]')
      end
    when jsonb_typeof(value) in ('object', 'array') then '"[masked]"'
    when key = 'passthrough' and pg_input_is_valid(value #>> '{}', 'uuid') then value
    when key = any (array[
        'id', 'type', 'object', 'status', 'state', 'policy', 'created_at', 'updated_at', 'timestamp', 'last_sign_in_at', 'expire_at',
        'abandon_at', 'duration', 'aspect_ratio', 'timeout', 'test', 'deleted', 'upload_id', 'asset_id', 'user_id', 'client_id', 'email_id',
        'primary_email_address_id', 'resolution_tier', 'max_stored_resolution', 'max_stored_frame_rate', 'video_quality', 'encoding_tier',
        'mp4_support', 'master_access', 'max_width', 'max_height', 'width', 'height', 'bitrate', 'filesize', 'max_frame_rate', 'subType',
        'two_factor_enabled', 'banned', 'locked', 'strategy'])
      and (jsonb_typeof(value) <> 'string' or value #>> '{}' ~ '^[A-Za-z0-9][A-Za-z0-9_.: +-]{0,99}$')
    then value
    else '"[masked]"'::jsonb
  end;
end
$$;
