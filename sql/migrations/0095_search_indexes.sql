-- Up Migration

-- What somebody looks for by a part of its name: titles of videos and labels of share links, by the trigrams in them. The operators of the
-- index are PostgreSQL's own (`ilike`); only the index's way of taking texts apart comes with the extension, so no role needs the schema.
-- The tables are written by people, a few rows a second at the most: making the indexes blocks them for seconds at a million rows.
-- squawk-ignore-file require-concurrent-index-creation

create schema extensions;
comment on schema extensions is 'What PostgreSQL''s own extensions bring. No role uses it.';

create extension if not exists pg_trgm with schema extensions;

create index videos_title_trigrams_idx on app.videos using gin (title extensions.gin_trgm_ops);
create index share_tokens_label_trigrams_idx on app.share_tokens using gin (label extensions.gin_trgm_ops);
