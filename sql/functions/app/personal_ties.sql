-- Whose a row is, for every table that holds personal data: the condition under which row `t` says something about the person with
-- profile $1. The one declaration that erasure works from, besides the class of each column. A personal column of a table that is not
-- named here fails a test, and no erasure is approved while there is one.
--
-- What staff write about somebody is about that somebody: the reason of a hold belongs to whom the hold is on, not to its author. Of a
-- note about no person the author is all there is (by_author).
create function app.personal_ties() returns table (table_name text, by_author boolean, tie text)
language sql immutable
set search_path = ''
as $$
  values
    ('app.abuse_rules', true, 't.changed_by = $1'),
    ('app.address_blocks', true, 't.blocked_by = $1 or t.lifted_by = $1'),
    ('app.alerts', true, 't.acknowledged_by = $1 or t.resolved_by = $1'),
    ('app.consents', false, 't.profile_id = $1'),
    ('app.erasure_requests', false, 't.profile_id = $1'),
    ('app.error_events', false, 't.profile_id = $1'),
    ('app.error_groups', true, 't.acknowledged_by = $1'),
    ('app.feature_flags', true, 't.changed_by = $1'),
    -- Whom somebody invited is not about the inviter.
    ('app.invitations', false, 't.accepted_by = $1 or t.email = (select lower(p.email) from app.profiles p where p.id = $1)'),
    ('app.legal_holds', false, 't.profile_id = $1'),
    ('app.notification_deliveries', false, 't.notification_id in (select n.id from app.notifications n where n.profile_id = $1)'),
    ('app.notification_preferences', false, 't.profile_id = $1'),
    ('app.notifications', false, 't.profile_id = $1'),
    ('app.playback_decisions', false, 't.coach_id = $1 or t.profile_id = $1
      or t.recipient_id in (select r.id from app.share_recipients r
        where r.kind = ''email'' and r.value = (select lower(p.email) from app.profiles p where p.id = $1))'),
    -- What somebody watched who was signed in is tied to them as well as to the coach whose video it was.
    ('app.playback_events', false, 't.coach_id = $1
      or t.session_id in (select d.session_id from app.playback_decisions d where d.profile_id = $1 and d.kind = ''share'')'),
    ('app.playback_cuts', false, 't.coach_id = $1 or t.requested_by = $1'),
    ('app.playback_sessions', false, 't.coach_id = $1
      or t.id in (select d.session_id from app.playback_decisions d where d.profile_id = $1 and d.kind = ''share'')
      or t.recipient_id in (select r.id from app.share_recipients r
        where r.kind = ''email'' and r.value = (select lower(p.email) from app.profiles p where p.id = $1))'),
    ('app.preferences', false, 't.profile_id = $1'),
    ('app.profiles', false, 't.id = $1'),
    ('app.retention_policies', true, 't.changed_by = $1'),
    -- A reason that was given for the links of several coaches may speak of each of them.
    ('app.revocations', false, 't.revoked_by = $1 or t.of_coach_id = $1
      or exists (select from app.revoked_tokens r where r.revocation_id = t.id and r.coach_id = $1)'),
    -- What somebody asked for and tried to prove their address, and what was tried with a coach's links.
    ('app.share_code_challenges', false, 't.coach_id = $1
      or t.address_hash = (select app.address_hash(p.email) from app.profiles p where p.id = $1)'),
    ('app.share_proof_attempts', false, 't.coach_id = $1
      or t.address_hash = (select app.address_hash(p.email) from app.profiles p where p.id = $1)'),
    -- A link that named the person stays one for recipients, and lets in those who are left.
    ('app.share_recipients', false, 't.coach_id = $1
      or t.kind = ''email'' and t.value = (select lower(p.email) from app.profiles p where p.id = $1)'),
    ('app.saved_views', false, 't.profile_id = $1'),
    ('app.share_tokens', false, 't.coach_id = $1'),
    -- That somebody watched who was named as a recipient goes with the recipient, by a foreign key.
    ('app.share_views', false, 't.coach_id = $1
      or t.session_id in (select d.session_id from app.playback_decisions d where d.profile_id = $1 and d.kind = ''share'')
      or t.recipient_id in (select r.id from app.share_recipients r
        where r.kind = ''email'' and r.value = (select lower(p.email) from app.profiles p where p.id = $1))'),
    ('app.upload_jobs', false, 't.coach_id = $1'),
    ('app.videos', false, 't.coach_id = $1'),
    -- Mux is told nothing of a person; the bodies of the others are searched for their id and address as the profile has them.
    ('app.webhook_events', false, 't.provider <> ''mux'' and exists (select from app.profiles p where p.id = $1 and (
      position(convert_to(p.subject, ''UTF8'') in t.body) > 0 or position(convert_to(p.email, ''UTF8'') in t.body) > 0))'),
    ('audit.disclosures', false, 't.owner_id = $1
      or t.owner_id is null and (t.entry_id, t.occurred_at) in (select o.entry_id, o.occurred_at from audit.ownerless_entries($1) o)'),
    -- By the subject, which has an index; it is counted before the profile forgets it.
    ('audit.entries', false, 't.owner_id = $1 or t.actor_subject = (select p.subject from app.profiles p where p.id = $1)'),
    ('authz.confirmations', false, 't.profile_id = $1'),
    ('authz.sessions', false, 't.profile_id = $1')
$$;
