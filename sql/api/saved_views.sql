create view api.my_saved_views with (security_invoker = true) as
select v.id, v.list, v.name, v.query, v.created_at, v.updated_at
from app.saved_views v;

comment on view api.my_saved_views is 'The views of lists that the caller has saved.';
grant select on api.my_saved_views to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

-- Saves a view of a list under a name; one of the same name is replaced. A person has 100 at the most.
create function api.save_view(list text, name text, query text, out id uuid, out updated_at timestamptz)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
begin
  perform app.refuse_fields(array_remove(array[
    case when coalesce(save_view.list !~ '^[a-z][a-z_]{0,59}$', true)
      then app.field_error('list', 'format', 'Name the list by its resource, such as share_tokens.') end,
    case when coalesce(length(btrim(save_view.name)), 0) not between 1 and 60
      then app.field_error('name', 'length', 'Name the view in 1 to 60 characters.') end,
    case when coalesce(length(save_view.query), 2001) > 2000
      then app.field_error('query', 'length', 'The query of a view has at most 2,000 characters.') end
  ], null));
  -- Two of one person at the same time do not both find room for the last.
  perform from app.profiles p where p.id = me for no key update;
  if (select count(*) from app.saved_views v where v.profile_id = me) >= 100
     and not exists (
       select from app.saved_views v where v.profile_id = me and v.list = save_view.list and v.name = btrim(save_view.name)) then
    perform app.fail(409, 'view.limit', 'You have saved 100 views. Delete one that you no longer need.');
  end if;
  insert into app.saved_views as v (profile_id, list, name, query)
  values (me, save_view.list, btrim(save_view.name), save_view.query)
  on conflict (profile_id, list, name) do update set query = excluded.query
  returning v.id, v.updated_at into save_view.id, save_view.updated_at;
end
$$;

comment on function api.save_view(text, text, text) is 'Saves a view of a list under a name, or replaces the one of that name.';
grant execute on function api.save_view(text, text, text) to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;

-- Deletes a view that the caller saved.
create function api.delete_view(view_id uuid, out id uuid)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
begin
  delete from app.saved_views v where v.id = view_id and v.profile_id = me returning v.id into delete_view.id;
  if not found then
    perform app.fail(404, 'view.not_found', 'There is no such view, or it is not yours.');
  end if;
end
$$;

comment on function api.delete_view(uuid) is 'Deletes a view that the caller saved.';
grant execute on function api.delete_view(uuid) to mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor;
