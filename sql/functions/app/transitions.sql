-- What each thing may become, one function for each machine: the triggers of the tables refuse everything else, to everybody. Where the
-- states are a total order, every step up is a transition. docs/explanation/state-machines.md draws these functions.

create function app.steps_up(states text[]) returns table (from_state text, to_state text)
language sql immutable set search_path = ''
as $$
  select lower.state, higher.state
  from unnest(states) with ordinality lower (state, rank)
  join unnest(states) with ordinality higher (state, rank) on higher.rank > lower.rank
  order by lower.rank, higher.rank
$$;

create function app.upload_transitions() returns table (from_state text, to_state text)
language sql immutable set search_path = ''
as $$ select * from app.steps_up(app.upload_states()) $$;

create function app.video_transitions() returns table (from_state text, to_state text)
language sql immutable set search_path = ''
as $$ select * from app.steps_up(app.video_statuses()) $$;

create function app.asset_transitions() returns table (from_state text, to_state text)
language sql immutable set search_path = ''
as $$ select * from app.steps_up(app.asset_statuses()) $$;

-- A share link has no column for its state: two moments, of which the end moves later while the link lives and never once it has passed,
-- and one that is set once, say it.
create function app.share_transitions() returns table (from_state text, to_state text)
language sql immutable set search_path = ''
as $$
  values ('scheduled', 'active'), ('active', 'expired'),
         ('scheduled', 'revoked'), ('active', 'revoked'), ('expired', 'revoked')
$$;

-- A stale delivery waits aside until the provider signs the event anew or a person believes it; a dead one until it is replayed. One that was
-- of no interest may be folded again once it is. What a person has discarded stays that.
create function app.webhook_event_transitions() returns table (from_state text, to_state text)
language sql immutable set search_path = ''
as $$
  values ('quarantined', 'received'), ('quarantined', 'discarded'),
         ('received', 'processed'), ('received', 'ignored'), ('received', 'dead'),
         ('dead', 'received'), ('dead', 'discarded'),
         ('ignored', 'received'), ('ignored', 'discarded')
$$;

-- A decision about an erasure is final: who thinks better of it makes a new request. What was approved is carried out.
create function app.erasure_transitions() returns table (from_state text, to_state text)
language sql immutable set search_path = ''
as $$
  values ('requested', 'withdrawn'), ('requested', 'declined'), ('requested', 'approved'),
         ('approved', 'running'), ('running', 'completed')
$$;

-- A step is begun until it succeeds; one that compliance staff do by hand is done when they say so. What the last look finds undone
-- again has failed.
create function app.erasure_step_transitions() returns table (from_state text, to_state text)
language sql immutable set search_path = ''
as $$
  values ('planned', 'running'), ('planned', 'done'),
         ('running', 'done'), ('running', 'kept'), ('running', 'failed'),
         ('failed', 'running'), ('done', 'failed')
$$;

-- What was acknowledged fires anew when it gets worse. What comes back after it was resolved is a new alert.
create function app.alert_transitions() returns table (from_state text, to_state text)
language sql immutable set search_path = ''
as $$
  values ('firing', 'acknowledged'), ('firing', 'resolved'), ('acknowledged', 'resolved'), ('acknowledged', 'firing')
$$;

create function app.delivery_transitions() returns table (from_state text, to_state text)
language sql immutable set search_path = ''
as $$
  values ('queued', 'sent'), ('queued', 'failed'), ('queued', 'suppressed'), ('sent', 'bounced')
$$;
