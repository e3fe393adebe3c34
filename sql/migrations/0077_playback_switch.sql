-- Up Migration

alter table app.feature_flags
  drop constraint feature_flags_applies_to_check,
  add constraint feature_flags_applies_to_check check (applies_to in ('people', 'webhook_events', 'videos'));

comment on column app.feature_flags.applies_to is 'What it is asked about: people, webhook_events or videos. [class: internal]';

insert into app.feature_flags (id, description, applies_to, is_enabled) values (
  'SIGNED_PLAYBACK_ENFORCED',
  'Videos play by signed tokens that the rules allow (SH-15). Off: no token is made for anybody, by link or as a preview, and nothing plays once those that are out have died. Nothing public takes their place.',
  'videos', true);
