-- Up Migration

-- What the dashboards ask of share links: those that live and when they end, of everybody and of one coach, and those revoked lately.
-- The table is written by people, a few rows a second at the most: making the indexes blocks them for seconds at a million links.
-- squawk-ignore-file require-concurrent-index-creation

create index share_tokens_live_idx on app.share_tokens (expires_at) where revoked_at is null;
create index share_tokens_coach_id_live_idx on app.share_tokens (coach_id, expires_at) where revoked_at is null;
create index share_tokens_revoked_at_idx on app.share_tokens (revoked_at desc) where revoked_at is not null;
