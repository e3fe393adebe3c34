import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenShare, type GivenVideo, givenShare, givenVideo } from '../../../../test/fixtures.ts';
import { type IntegrationApp, type PersonName, startIntegrationApp } from '../../../../test/integration-app.ts';
import { exportedLists } from './lists.ts';

let subject: IntegrationApp;
let video: GivenVideo;
let share: GivenShare;

beforeAll(async () => {
  subject = await startIntegrationApp();
  video = await givenVideo(subject.database, { title: '=HYPERLINK("https://evil.example","Squat")' });
  share = await givenShare(subject.database, video);
  await givenShare(subject.database, video);
});
afterAll(() => subject.close());

async function exportList(list: string, person?: PersonName, filters?: unknown) {
  const query = filters === undefined ? '' : `?${new URLSearchParams({ filters: JSON.stringify(filters) })}`;
  const response = await fetch(`${subject.origin}/api/lists/${list}/export${query}`, {
    headers: person === undefined ? {} : await subject.authorization(person),
  });
  return {
    status: response.status,
    headers: response.headers,
    // Not response.text(), which would drop the mark of UTF-8.
    text: Buffer.from(await response.arrayBuffer()).toString(),
  };
}

async function rowsOf(list: string, person: PersonName, filters?: unknown): Promise<string[]> {
  const { status, text } = await exportList(list, person, filters);
  expect(status, text).toBe(200);
  return text.trimEnd().split('\r\n').slice(1);
}

describe('an export of a list', () => {
  it('is a table of what the caller may read, in which nothing begins a formula', async () => {
    const { status, headers, text } = await exportList('share_tokens', 'amelia');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="share-tokens-\d{8}T\d{6}Z\.csv"$/);
    expect(text.startsWith(`\ufeff${Object.keys(exportedLists.share_tokens.columns).join(',')}\r\n`)).toBe(true);
    expect(text).toContain(`"'=HYPERLINK(""https://evil.example"",""Squat"")"`);
    expect(await rowsOf('share_tokens', 'amelia')).toHaveLength(2);
    expect(await rowsOf('share_tokens', 'ben')).toHaveLength(0);
    expect(await rowsOf('share_tokens', 'priya')).toHaveLength(2);
  });

  it('has every column that the view has it with, of every list', async () => {
    const reader = {
      share_tokens: 'priya',
      videos: 'priya',
      playback_decisions: 'priya',
      revocations: 'priya',
      webhook_events: 'tomas',
    } as const;
    for (const [list, person] of Object.entries(reader)) {
      expect((await exportList(list, person)).status, list).toBe(200);
    }
    expect(Object.keys(reader).sort()).toEqual(Object.keys(exportedLists).sort());
  });

  it.each([
    ['equal', () => [{ field: 'public_id', operator: 'eq', value: share.publicId }], 1],
    ['one of several', () => [{ field: 'status', operator: 'in', value: ['active', 'revoked'] }], 2],
    ['of a record', () => [{ field: 'video_id', operator: 'eq', value: video.id }], 2],
    ['of a time', () => [{ field: 'created_at', operator: 'gte', value: '2026-01-01T00:00:00Z' }], 2],
    [
      'of a time that is to come',
      () => [{ field: 'created_at', operator: 'gt', value: '2999-01-01T00:00:00+10:00' }],
      0,
    ],
    ['of a number', () => [{ field: 'play_count', operator: 'lt', value: '1' }], 2],
    ['of a part, whatever the case', () => [{ field: 'video_title', operator: 'contains', value: 'HYPERlink' }], 2],
    ['in which no letter is a pattern', () => [{ field: 'video_title', operator: 'contains', value: 'H%K' }], 0],
    [
      'of any of them, as a search is',
      () => [
        {
          operator: 'or',
          value: [
            { field: 'public_id', operator: 'contains', value: share.publicId },
            { field: 'label', operator: 'contains', value: share.publicId },
          ],
        },
      ],
      1,
    ],
    [
      'that all have to hold',
      () => [
        { field: 'public_id', operator: 'eq', value: share.publicId },
        { field: 'status', operator: 'eq', value: 'revoked' },
      ],
      0,
    ],
  ])('holds to filters %s', async (_what, filters, count) => {
    expect(await rowsOf('share_tokens', 'amelia', filters())).toHaveLength(count);
  });

  it('is on record before it begins, with what was chosen', async () => {
    const filters = [{ field: 'status', operator: 'eq', value: 'active' }];
    await rowsOf('videos', 'amelia', filters);
    const { rows } = await subject.database.admin.query(
      `select action, object_type, object_id, actor_subject, door, after -> 'filters' as filters from audit.entries
       where action = 'list.exported' order by id desc limit 1`,
    );
    expect(rows).toEqual([
      {
        action: 'list.exported',
        object_type: 'list',
        object_id: 'videos',
        actor_subject: 'user_amelia_hart',
        door: 'api',
        filters,
      },
    ]);
  });

  it.each([
    ['nobody', 'share_tokens', undefined, undefined, 401, 'auth.token_missing'],
    ['a list that the role does not read', 'webhook_events', 'amelia', undefined, 403, 'list.not_readable'],
    ['a list that there is not', 'profiles; drop table', 'priya', undefined, 422, 'request.invalid'],
    [
      'a column that there is not',
      'videos',
      'priya',
      [{ field: 'secret_hash', operator: 'eq', value: 'a' }],
      422,
      'request.invalid',
    ],
    [
      'a column of every object',
      'videos',
      'priya',
      [{ field: 'toString', operator: 'eq', value: 'a' }],
      422,
      'request.invalid',
    ],
    ['an id that is none', 'videos', 'priya', [{ field: 'id', operator: 'eq', value: '1' }], 422, 'request.invalid'],
    [
      'a time that is none',
      'videos',
      'priya',
      [{ field: 'created_at', operator: 'lt', value: 'yesterday' }],
      422,
      'request.invalid',
    ],
    ['a part of an id', 'videos', 'priya', [{ field: 'id', operator: 'contains', value: 'a' }], 422, 'request.invalid'],
    [
      'an unknown comparison',
      'videos',
      'priya',
      [{ field: 'id', operator: 'like', value: 'a' }],
      422,
      'request.invalid',
    ],
    ['filters that are no list', 'videos', 'priya', { field: 'id' }, 422, 'request.invalid'],
  ] as const)('is refused to %s', async (_who, list, person, filters, status, code) => {
    const answer = await exportList(encodeURIComponent(list), person, filters);
    expect({ status: answer.status, code: JSON.parse(answer.text).code }).toEqual({ status, code });
  });
});
