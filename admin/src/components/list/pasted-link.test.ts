import { describe, expect, it } from 'vitest';
import { searchedWords } from './pasted-link.ts';

const secret = 'PvpS5J3KOBvZ09orMB2zNigGyOFKrCwWq7qtMFGIE-Q';

describe('a share link that is pasted into a search', () => {
  it.each([
    `https://watch.example.com/s/K8u8gUw3lh6d#${secret}`,
    `http://127.0.0.1:4000/s/K8u8gUw3lh6d?embed#${secret}`,
    `  watch.example.com/s/K8u8gUw3lh6d#${secret}\n`,
    `K8u8gUw3lh6d#${secret}`,
    'K8u8gUw3lh6d',
  ])('is searched by its public id alone: %s', (typed) => {
    expect(searchedWords(typed)).toBe('K8u8gUw3lh6d');
  });

  it.each(['Sprint start', 'U12 squad #3', 'a/s/b', 'Performances/plan', 'Performances#2', 'https://example.com/', ''])(
    'leaves words as they are: %s',
    (typed) => {
      expect(searchedWords(typed)).toBe(typed);
    },
  );
});
