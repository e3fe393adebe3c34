-- Up Migration

comment on column app.playback_decisions.ip_hash is 'Keyed hash of the viewer''s address, to tell viewers apart, by a key that changes every month or sooner. Seen by no role. [class: personal; erasure: expire]';
