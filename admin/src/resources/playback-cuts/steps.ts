import { text } from '../../locales/index.ts';
import type { PlaybackCutRow } from '../rows.ts';

export type CutStep = { key: string; name: string; at: string | null; look: 'done' | 'now' | 'failed' | 'later' };

const order = ['requested', 'switched', 'deleted', 'confirmed'] as const;

/** A cut that its worker goes on with by itself. */
export function isUnderWay({ state }: Pick<PlaybackCutRow, 'state'>): boolean {
  return state === 'requested' || state === 'switched' || state === 'deleted';
}

/** How far a cut is: what is done, the one step that is under way or has failed, and what is to come. */
export function stepsOf(cut: PlaybackCutRow): CutStep[] {
  const times = {
    requested: cut.requested_at,
    switched: cut.switched_at,
    deleted: cut.deleted_at,
    confirmed: cut.confirmed_at,
  };
  const next = order.find((step) => times[step] === null);
  return order.map((key) => ({
    key,
    name: text.cut.steps[key],
    at: times[key],
    look: times[key] ? 'done' : key !== next ? 'later' : cut.state === 'failed' ? 'failed' : 'now',
  }));
}
