import { z } from 'zod';

const moment = z.iso.datetime({ offset: true });
const side = z.record(z.string(), z.unknown());

export const outcomes = ['processed', 'ignored', 'failed', 'busy'] as const;
export type Outcome = (typeof outcomes)[number];

/** A row of `rpc/preview_replay`: what would become of one event, and of which things. */
export const triedRow = z.object({
  id: z.uuid(),
  provider: z.string(),
  type: z.string(),
  received_at: moment,
  state: z.string(),
  outcome: z.enum(outcomes),
  error: z.string().nullable(),
  changes: z.array(z.object({ object: z.string(), id: z.string(), before: side, after: side })),
  matching: z.int(),
});
export type TriedRow = z.output<typeof triedRow>;

/** Answer of `rpc/replay_webhook_events`. */
export const replayAnswer = z.object({ replayed: z.int(), skipped: z.int(), replayed_at: moment });

/** Answer of `rpc/discard_webhook_events`. */
export const discardAnswer = z.object({ discarded: z.int(), skipped: z.int(), discarded_at: moment });

/** Answer of `rpc/webhook_event_payload`; the payload is null where what was sent is no JSON. */
export const payloadAnswer = z.object({
  id: z.uuid(),
  provider: z.string(),
  type: z.string(),
  payload: z.unknown(),
  size_bytes: z.int(),
});
export type PayloadAnswer = z.output<typeof payloadAnswer>;

/** How many of each outcome, in the order in which they are told; none of none. */
export function countOutcomes(rows: readonly Pick<TriedRow, 'outcome'>[]): [Outcome, number][] {
  return outcomes
    .map((outcome): [Outcome, number] => [outcome, rows.filter((row) => row.outcome === outcome).length])
    .filter(([, n]) => n > 0);
}

/** The id of the upload that a payload is about: what we passed through, which the server shows only when it is a UUID. */
export function uploadOf(payload: unknown): string | undefined {
  const data = z
    .object({
      data: z.object({
        passthrough: z.uuid().optional().catch(undefined),
        new_asset_settings: z.object({ passthrough: z.uuid() }).optional().catch(undefined),
      }),
    })
    .safeParse(payload).data?.data;
  return data?.passthrough ?? data?.new_asset_settings?.passthrough;
}
