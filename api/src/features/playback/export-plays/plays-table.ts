import type { DB } from '@mm/sql/types';
import { sql, type Transaction } from 'kysely';
import { byteOrderMark, csvLine } from '../../../csv/cell.ts';
import { pagesOf } from '../../../db/snapshot.ts';
import type { ExportPlaysQuery } from './schema.ts';

const pageSize = 2_000;

const columns = [
  'started_at',
  'last_event_at',
  'video_title',
  'share_label',
  'recipient',
  'is_played',
  'is_measured',
  'is_ended',
  'watch_seconds',
  'completion',
  'rebuffer_seconds',
  'rebuffer_ratio',
  'error_count',
  'last_error_code',
  'user_agent_family',
  'session_id',
  'share_token_id',
  'video_id',
] as const;
type Row = Readonly<Record<(typeof columns)[number], string | null>>;

/** The sessions that the caller may read, the newest first, as text: numbers with a point, times in UTC. */
function sessionsOf({ share_token_id, video_id }: ExportPlaysQuery) {
  const chosen =
    share_token_id === undefined ? sql`s.video_id = ${video_id}` : sql`s.share_token_id = ${share_token_id}`;
  return sql<Row>`
    select audit.time_text(s.started_at) as started_at, audit.time_text(s.last_event_at) as last_event_at, s.video_title,
           s.share_label, s.recipient, s.is_played::text, s.is_measured::text, s.is_ended::text, s.watch_seconds::text,
           s.completion::text, s.rebuffer_seconds::text, s.rebuffer_ratio::text, s.error_count::text, s.last_error_code,
           s.user_agent_family, s.id::text as session_id, s.share_token_id::text, s.video_id::text
    from api.playback_sessions s where ${chosen} order by s.started_at desc, s.id desc`;
}

/** A table for people and spreadsheets, in pieces of a page. */
export async function* playsTable(transaction: Transaction<DB>, query: ExportPlaysQuery): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(columns);
  for await (const page of pagesOf(transaction, sessionsOf(query), pageSize)) {
    yield page.map((row) => csvLine(columns.map((column) => row[column]))).join('');
  }
}
