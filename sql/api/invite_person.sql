-- Invites an address to a role (CARD: people and roles): for an admin who has just confirmed who they are. The identity provider sends the mail
-- within seconds; the person gets the role at their first sign-in, from this row. One invitation of an address is open at a time.
create function api.invite_person(email text, role text, note text default null, out id uuid, out expires_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  address text := lower(btrim(invite_person.email));
  words text := nullif(btrim(invite_person.note), '');
begin
  perform app.refuse_fields(array_remove(array[
    case when not coalesce(exists (select from app.read_recipients(array[address]) r where r.kind = 'email'), false)
      then app.field_error('email', 'format', 'Give an address such as ann@club.example.') end,
    case when coalesce(invite_person.role, '') not in ('coach', 'admin', 'compliance', 'operator', 'auditor')
      then app.field_error('role', 'choice', 'The role is one of coach, admin, compliance, operator and auditor.') end,
    case when length(words) > 500 then app.field_error('note', 'length', 'A note has at most 500 characters.') end
  ], null));
  perform app.check_invitation(address);

  perform authz.use_confirmation('invitation.created');
  insert into app.invitations as i (email, role, note, invited_by, expires_at)
  values (address, invite_person.role, words, me, now() + app.invitation_life())
  returning i.id, i.expires_at into invite_person.id, invite_person.expires_at;
end
$$;

comment on function api.invite_person(text, text, text) is
  'Invites an address to a role; the identity provider sends the mail. Needs a fresh confirmation; progress is in api.invitations.';
grant execute on function api.invite_person(text, text, text) to mm_admin;
