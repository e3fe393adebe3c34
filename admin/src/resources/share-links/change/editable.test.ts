import { describe, expect, it } from 'vitest';
import type { ShareRecipientRow } from '../../rows.ts';
import { changesOf, differing, type Editable, editableOf } from './editable.ts';

const before: Editable = {
  label: 'Parents',
  note: '',
  max_views: 5,
  recipients: ['@club.example', 'ann@school.example'],
  embed_origins: [],
};

describe('a change of a link', () => {
  it('sends what is other than it was, and nothing else', () => {
    expect(changesOf(before, { ...before, note: 'Until Friday' })).toEqual({ note: 'Until Friday' });
    expect(changesOf(before, before)).toEqual({});
  });

  it('takes an option away by 0 or an empty text', () => {
    expect(changesOf(before, { ...before, label: '', max_views: null })).toEqual({ label: '', max_views: 0 });
  });

  it('takes the same people in another order or case for the same', () => {
    const after = { ...before, recipients: ['Ann@school.example', '@club.example'] };
    expect(changesOf(before, after)).toEqual({});
  });

  it('lets the server say that a link for people cannot become one for everybody', () => {
    expect(changesOf(before, { ...before, recipients: [] })).toEqual({ recipients: [] });
  });
});

it('two versions differ in the fields that somebody has to look at', () => {
  expect(differing(before, { ...before, label: 'Others', max_views: 6 })).toEqual(['label', 'max_views']);
});

it('a link is read as it is written: domains with their @', () => {
  const recipient = (kind: 'email' | 'domain', value: string) => ({ kind, value }) as ShareRecipientRow;
  const link = { label: null, note: null, max_views: null, embed_origins: [] };
  const recipients = [recipient('email', 'ann@school.example'), recipient('domain', 'club.example')];
  expect(editableOf(link, recipients)).toEqual({
    label: '',
    note: '',
    max_views: null,
    recipients: ['@club.example', 'ann@school.example'],
    embed_origins: [],
  });
});
