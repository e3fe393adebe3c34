-- Folds one event of Resend: a mail that bounced, or whose recipient complained, is the last to that address. Answers whether it was about
-- a mail of ours; all other types are ignored. Source of the shapes: https://resend.com/docs/dashboard/webhooks/event-types
create function app.fold_resend_event(type text, data jsonb, at timestamptz) returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  if type not in ('email.bounced', 'email.complained') then
    return false;
  end if;
  if coalesce(data ->> 'email_id', '') = '' then
    raise exception using errcode = '22023', message = 'The event is about a mail without an id.';
  end if;
  if app.record_delivery_bounced(
    data ->> 'email_id',
    case type when 'email.complained' then 'The recipient complained.'
      else coalesce(data #>> '{bounce,message}', 'The mail bounced.') end) then
    return true;
  end if;
  -- The event can be faster than the worker that sent the mail and has yet to record its id: then it comes again.
  if at > now() - interval '5 minutes' then
    raise exception using errcode = '22023', message = 'No mail with this id is known yet.';
  end if;
  return false;
end
$$;
