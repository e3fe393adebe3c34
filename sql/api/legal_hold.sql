-- Places a duty to keep a person's data, and lifts it (CO-06); for compliance staff, with a reason. After an approval it stops the steps
-- that have not been begun.
create function api.place_hold(profile_id uuid, reason text, out id uuid, out placed_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
begin
  perform app.refuse_fields(app.reason_errors(place_hold.reason));
  perform from app.profiles p where p.id = place_hold.profile_id for no key update;
  if not found then
    perform app.fail(404, 'profile.not_found', 'There is no such account.');
  end if;
  if exists (select from app.legal_holds h where h.profile_id = place_hold.profile_id and h.lifted_at is null) then
    perform app.fail(409, 'hold.already_placed', 'A hold on the data of this person stands already.');
  end if;
  if exists (
    select from app.erasure_requests r where r.profile_id = place_hold.profile_id and r.state = 'completed'
  ) then
    perform app.fail(409, 'hold.too_late', 'This account has been erased.');
  end if;
  perform audit.explain('legal_hold.placed', btrim(place_hold.reason));
  insert into app.legal_holds as h (profile_id, reason, placed_by)
  values (place_hold.profile_id, btrim(place_hold.reason), me)
  returning h.id, h.placed_at into place_hold.id, place_hold.placed_at;
  perform audit.explain();
end
$$;

create function api.lift_hold(hold_id uuid, reason text, out id uuid, out lifted_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
  hold app.legal_holds;
begin
  perform app.refuse_fields(app.reason_errors(lift_hold.reason));
  select h.* into hold from app.legal_holds h where h.id = hold_id for no key update;
  if not found then
    perform app.fail(404, 'hold.not_found', 'There is no such hold.');
  end if;
  if hold.lifted_at is not null then
    perform app.fail(409, 'hold.already_lifted', 'This hold has been lifted before.');
  end if;
  perform audit.explain('legal_hold.lifted', btrim(lift_hold.reason));
  update app.legal_holds h set lifted_at = now(), lifted_by = me, lift_reason = btrim(lift_hold.reason)
  where h.id = hold.id
  returning h.id, h.lifted_at into lift_hold.id, lift_hold.lifted_at;
  perform audit.explain();
end
$$;

comment on function api.place_hold(uuid, text) is 'Places a hold on a person''s data: no erasure of theirs is approved or carried on while it stands.';
comment on function api.lift_hold(uuid, text) is 'Lifts a hold.';
grant execute on function api.place_hold(uuid, text), api.lift_hold(uuid, text) to mm_compliance;
