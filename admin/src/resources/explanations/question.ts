/** What is asked: a video or one link, and a time. In the address, so that a question can be sent to somebody. */
export type Question = { video: string | undefined; link: string | undefined; from: Date; before: Date };

const dayMs = 24 * 3_600_000;
const minuteMs = 60_000;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The question of an address; without a time, the day that ends with this minute. */
export function readQuestion(params: URLSearchParams, now: Date): Question {
  const id = (name: string) => {
    const given = params.get(name) ?? '';
    return uuid.test(given) ? given : undefined;
  };
  const moment = (name: string, otherwise: number) => {
    const given = Date.parse(params.get(name) ?? '');
    return new Date(Number.isNaN(given) ? otherwise : given);
  };
  const end = Math.ceil(now.getTime() / minuteMs) * minuteMs;
  return { video: id('video'), link: id('link'), from: moment('from', end - dayMs), before: moment('to', end) };
}

/** The address of a question that was changed in one respect; another video is no longer about the same link. */
export function writeQuestion(
  params: URLSearchParams,
  name: 'video' | 'link' | 'from' | 'to',
  value: string | undefined,
) {
  const next = new URLSearchParams(params);
  if (value) next.set(name, value);
  else next.delete(name);
  if (name === 'video') next.delete('link');
  return next;
}
