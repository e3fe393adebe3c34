-- Makes the link that a coach wishes together with an upload. What is wrong with it is said at the fields of the upload: `expires_at` of
-- api.create_share_token() is `share_expires_at` there, `label` is `share_label`.
create function app.intend_share(
  video_id uuid, inout expires_at timestamptz, label text, out id uuid, out public_id text, out secret text
)
language plpgsql volatile
set search_path = ''
as $$
#variable_conflict use_variable
declare
  status text;
  said text;
  fields text;
  code text;
begin
  select s.id, s.public_id, s.secret, s.expires_at into id, public_id, secret, expires_at
  from api.create_share_token(video_id, expires_at, label) s;
exception when sqlstate 'PT422' then
  get stacked diagnostics
    status = returned_sqlstate, said = message_text, fields = pg_exception_detail, code = pg_exception_hint;
  raise exception using errcode = status, message = said, hint = code, detail = replace(fields, '"#/', '"#/share_');
end
$$;
