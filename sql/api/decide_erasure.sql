-- What becomes of a request to erase: whoever it is about withdraws it; compliance staff decline it, or approve it after a fresh
-- confirmation and when no hold stands. Nobody approves or declines what is about themself. An approval makes the plan: what the data
-- catalogue says about every personal column at that moment, and what has to go besides. The worker carries it out.
create function api.withdraw_erasure(request_id uuid, reason text, out id uuid, out state text)
language sql volatile security definer
set search_path = ''
as $$ select d.id, d.state from app.decide_erasure(request_id, 'withdrawn', reason, true) d $$;

create function api.decline_erasure(request_id uuid, reason text, out id uuid, out state text)
language sql volatile security definer
set search_path = ''
as $$ select d.id, d.state from app.decide_erasure(request_id, 'declined', reason, false) d $$;

create function api.approve_erasure(request_id uuid, reason text, out id uuid, out state text, out step_count integer)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  request app.erasure_requests := app.decide_erasure(request_id, 'approved', reason, false);
begin
  if exists (select from app.unplanned_columns()) then
    perform app.fail(
      409, 'erasure.unplanned_data',
      format('Nobody has said how to erase %s. The development team must, before anything is erased.',
             (select string_agg(c, ', ' order by c) from app.unplanned_columns() c)));
  end if;
  step_count := app.plan_erasure(request);
  id := request.id;
  state := request.state;
end
$$;

comment on function api.withdraw_erasure(uuid, text) is 'Takes back the request to erase one''s own account.';
comment on function api.decline_erasure(uuid, text) is 'Declines a request to erase, with the reason.';
comment on function api.approve_erasure(uuid, text) is
  'Approves a request to erase and makes its plan. Needs a fresh confirmation; refused while a hold stands.';
grant execute on function api.withdraw_erasure(uuid, text) to mm_coach;
grant execute on function api.decline_erasure(uuid, text), api.approve_erasure(uuid, text) to mm_compliance;
