create view api.abuse_rules with (security_invoker = true) as
select r.id, r.description, r.threshold, r.window_minutes, r.is_watched, r.version, r.updated_at, r.changed_by, r.reason
from app.abuse_rules r;

comment on view api.abuse_rules is 'What is watched for abuse, and from how many on it is an alert; for operators and admins.';
grant select on api.abuse_rules to mm_operator, mm_admin;

-- Changes from how many on something is an alert, with a reason (RL-05). `version` is the one that the caller has seen: when somebody else
-- was faster, nothing changes.
create function api.change_abuse_rule(
  rule_id text, threshold integer, window_minutes integer, is_watched boolean, reason text, version integer,
  out id text, out new_version integer
)
language plpgsql volatile security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  me uuid := authz.require_profile();
begin
  perform app.refuse_fields(array_remove(array[
    case when change_abuse_rule.threshold is null or change_abuse_rule.threshold not between 1 and 1000000
      then app.field_error('threshold', 'range', 'The threshold is 1 to 1,000,000.') end,
    case when change_abuse_rule.window_minutes is null or change_abuse_rule.window_minutes not between 1 and 1440
      then app.field_error('window_minutes', 'range', 'The window is 1 to 1,440 minutes.') end,
    case when change_abuse_rule.is_watched is null
      then app.field_error('is_watched', 'required', 'Say whether it is watched.') end
  ], null) || app.reason_errors(change_abuse_rule.reason));
  if not exists (select from app.abuse_rules r where r.id = change_abuse_rule.rule_id) then
    perform app.fail(404, 'abuse.not_found', 'There is no such rule.');
  end if;
  perform audit.explain('abuse_rule.changed', btrim(change_abuse_rule.reason));
  update app.abuse_rules r
  set threshold = change_abuse_rule.threshold,
      window_minutes = change_abuse_rule.window_minutes,
      is_watched = change_abuse_rule.is_watched,
      changed_by = me,
      reason = btrim(change_abuse_rule.reason)
  where r.id = change_abuse_rule.rule_id and r.version = change_abuse_rule.version
  returning r.id, r.version into change_abuse_rule.id, change_abuse_rule.new_version;
  if not found then
    perform app.fail(409, 'abuse.version_changed', 'Somebody else has changed this rule meanwhile. Please look at it again.');
  end if;
  perform audit.explain();
end
$$;

comment on function api.change_abuse_rule(text, integer, integer, boolean, text, integer) is
  'Changes what is an alert of abuse, with a reason, when the rule still has this version.';
grant execute on function api.change_abuse_rule(text, integer, integer, boolean, text, integer) to mm_operator, mm_admin;
