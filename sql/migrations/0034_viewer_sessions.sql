-- Up Migration

-- A viewer session is the decision that let it in first, and is found by that decision's key. So the decisions that begin one, which are
-- the most, pay for no index of their own; those that go on in a session are found by it.
-- squawk-ignore require-concurrent-index-deletion
drop index app.playback_decisions_share_session_idx;
-- PostgreSQL builds no index of a partitioned table concurrently.
-- squawk-ignore require-concurrent-index-creation
create index playback_decisions_session_id_idx on app.playback_decisions (session_id, decided_at) where session_id <> id;

comment on column app.playback_decisions.session_id is 'The viewer session: the id of the decision that let it in first, which renewals and events name; null when refused, and for a preview. [class: personal; erasure: expire]';
