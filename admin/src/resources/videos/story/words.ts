import { text } from '../../../locales/index.ts';
import { actionWords } from '../../audit-entries/words.ts';
import { watchTime } from '../../plays/measures.ts';
import type { StoryLine } from './answers.ts';

/** What happened, in a few words. */
export function headOf(line: StoryLine): string {
  switch (line.source) {
    case 'upload':
    case 'asset': {
      const words: Readonly<Record<string, string>> = text.uploads.steps[line.source];
      return words[line.step] ?? line.step;
    }
    case 'event':
      return text.story.event(line.step);
    case 'link':
      return text.story.expired;
    case 'act':
      return actionWords(line.step);
    case 'plays':
      return text.story.plays(line.facts.plays);
  }
}

/** What more there is to say; undefined when nothing. */
export function noteOf(line: StoryLine): string | undefined {
  switch (line.source) {
    case 'upload':
    case 'asset':
      return line.facts?.error ?? undefined;
    case 'event': {
      const state = text.webhooks.state[line.facts.state];
      return line.facts.attempts > 0 ? `${state} ${text.story.failures(line.facts.attempts)}` : state;
    }
    case 'plays': {
      const { watch_seconds, measured, plays } = line.facts;
      return text.story.watched(watchTime(watch_seconds), measured, plays);
    }
    default:
      return line.reason ?? undefined;
  }
}

export type Look = 'done' | 'failed' | 'stopped' | 'later';

const bad = new Set(['errored', 'expired']);
const ended = new Set(['cancelled', 'deleted', 'share_token.revoked', 'playback_cut.requested', 'video.deleted']);

export function lookOf(line: StoryLine): Look {
  if (line.source === 'event') {
    const { state } = line.facts;
    return state === 'dead' ? 'failed' : state === 'processed' ? 'done' : 'later';
  }
  if (line.source === 'link' || ended.has(line.step)) return 'stopped';
  return bad.has(line.step) ? 'failed' : 'done';
}

/** Where more about it stands; undefined where there is no such page, or it is not for the reader. */
export function placeOf(
  line: StoryLine,
  offered: { links: boolean; events: boolean; log: boolean },
): string | undefined {
  if (line.source === 'act') return offered.log ? `/audit-log/${line.id.slice('act:'.length)}` : undefined;
  if (line.object_id === null) return undefined;
  if (line.source === 'event') return offered.events ? `/webhook-events/${line.object_id}` : undefined;
  if (line.source === 'link') return offered.links ? `/share-links/${line.object_id}` : undefined;
  return undefined;
}
