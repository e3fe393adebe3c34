import { z } from 'zod';

const moment = z.iso.datetime({ offset: true });

/** A row of `rpc/preview_revocation`: a link that would be taken back now. */
export const previewRow = z.object({
  id: z.uuid(),
  public_id: z.string(),
  label: z.string().nullable(),
  video_id: z.uuid(),
  video_title: z.string().nullable(),
  coach_id: z.uuid(),
  coach_name: z.string().nullable(),
  created_at: moment,
  expires_at: moment,
  last_decision_at: moment.nullable(),
  last_byte_possible_by: moment,
});
export type PreviewRow = z.output<typeof previewRow>;

/** Answer of `rpc/revoke_share_tokens`; its lines are read from their own view. */
export const bulkAnswer = z.object({
  revocation_id: z.uuid(),
  revoked_at: moment,
  token_count: z.int(),
  last_byte_possible_by: moment,
});
export type BulkAnswer = z.output<typeof bulkAnswer>;

export type Sum = {
  links: number;
  videos: number;
  coaches: number;
  /** Links by which somebody may be watching now. */
  watched: number;
  /** When the last playback token of them dies; undefined when nobody watches. */
  until: Date | undefined;
};

/** @param now by the server's clock */
export function sumUp(rows: readonly PreviewRow[], now: Date): Sum {
  const playing = rows
    .map((row) => Date.parse(row.last_byte_possible_by))
    .filter((until, index) => rows[index]?.last_decision_at !== null && until > now.getTime());
  return {
    links: rows.length,
    videos: new Set(rows.map((row) => row.video_id)).size,
    coaches: new Set(rows.map((row) => row.coach_id)).size,
    watched: playing.length,
    until: playing.length === 0 ? undefined : new Date(Math.max(...playing)),
  };
}

/** The server answers a thousand rows at the most: of so many it is not known whether there are more. */
export function isTooMany(rows: readonly PreviewRow[]): boolean {
  return rows.length >= 1000;
}
