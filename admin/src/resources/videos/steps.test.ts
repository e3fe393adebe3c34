import { describe, expect, it } from 'vitest';
import { pollWhileMoving } from './polling.ts';
import { stepsOf } from './steps.ts';

const at = (minute: number) => `2026-03-10T03:0${minute}:00Z`;
const video = { created_at: at(0), updated_at: at(9), ready_at: null };
const job = {
  requested_at: at(0),
  uploading_at: at(1),
  processing_at: null as string | null,
  finished_at: null as string | null,
};
const told = (...args: Parameters<typeof stepsOf>) => stepsOf(...args).map(({ name, look }) => `${name} ${look}`);

describe('the story of an upload', () => {
  it('shows what happens now and what is still to come', () => {
    expect(told({ ...video, status: 'uploading' }, { ...job, state: 'uploading' })).toEqual([
      'requested done',
      'uploading now',
      'processing later',
      'ready later',
    ]);
  });

  it('ends with ready, at the time it became so', () => {
    const steps = stepsOf(
      { ...video, status: 'ready', ready_at: at(5) },
      { ...job, state: 'ready', processing_at: at(3), finished_at: at(5) },
    );
    expect(steps.at(-1)).toEqual({ name: 'ready', at: at(5), look: 'done' });
    expect(steps.every((step) => step.look === 'done')).toBe(true);
  });

  it('that failed promises nothing more', () => {
    expect(told({ ...video, status: 'errored' }, { ...job, state: 'errored', finished_at: at(4) })).toEqual([
      'requested done',
      'uploading done',
      'errored failed',
    ]);
  });

  it('tells running out of time from being cancelled', () => {
    expect(told({ ...video, status: 'cancelled' }, { ...job, state: 'expired', uploading_at: null })).toContain(
      'expired stopped',
    );
  });

  it('can be told without its upload job', () => {
    expect(stepsOf({ ...video, status: 'processing' }, undefined)[0]).toEqual({
      name: 'requested',
      at: at(0),
      look: 'now',
    });
  });
});

it('the list is read every two seconds only while something is on its way', () => {
  expect(pollWhileMoving([{ status: 'ready' }, { status: 'processing' }])).toBe(2000);
  expect(pollWhileMoving([{ status: 'ready' }, { status: 'errored' }])).toBe(false);
  expect(pollWhileMoving([])).toBe(false);
});
