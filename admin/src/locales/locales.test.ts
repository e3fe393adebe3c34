import { expect, test } from 'vitest';
import { de } from './de.ts';
import { enAU } from './en-AU.ts';

type Leaf = string | number | boolean | ((...given: never[]) => unknown);

/** Every text of a language by its path: `videos.columns.title`. */
function leavesOf(words: unknown, path = ''): [string, Leaf][] {
  if (typeof words !== 'object' || words === null) return [[path, words as Leaf]];
  return Object.entries(words).flatMap(([key, value]) => leavesOf(value, path === '' ? key : `${path}.${key}`));
}

const english = new Map(leavesOf(enAU));
const german = new Map(leavesOf(de));

/** Written alike in both languages: names, signs, and words that German took from English. */
const alike = new Set([
  'Motion Mavericks',
  'Coach',
  'Admin',
  'Video',
  'Videos',
  'Link',
  'Links',
  'Label',
  'Status',
  'Name',
  'Format',
  'Upload',
  'Uploads',
  'Alarm',
  'Token',
  'Manifest',
  'Phase',
  'Plan',
  'Segment',
  'Mux',
  'Clerk',
  'Resend',
  'API',
  'Worker',
  'CSV',
  '–',
]);

/** Nothing but what is given to them, and signs: the same in every language. */
const signsOnly = new Set([
  'upload.announce',
  'people.became',
  'dashboard.admin.boundOf',
  'verify.checkpointOf',
  // Their words are in functions of their own, which differ.
  'rateLimits.rules.per',
  'rateLimits.signs.from',
]);

test('both languages have the same texts', () => {
  expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
});

test('a text that is made of something is made of as much in both', () => {
  const parameters = (leaves: ReadonlyMap<string, Leaf>) =>
    [...leaves].flatMap(([path, leaf]) => (typeof leaf === 'function' ? [`${path} ${leaf.length}`] : [])).sort();
  expect(parameters(german)).toEqual(parameters(english));
});

test('no text is left untranslated', () => {
  const untranslated = [...english].filter(([path, leaf]) => {
    const other = german.get(path);
    if (typeof leaf === 'string') return leaf === other && !alike.has(leaf);
    if (typeof leaf === 'function') return String(leaf) === String(other) && !signsOnly.has(path);
    return false;
  });
  expect(untranslated.map(([path, leaf]) => `${path}: ${leaf}`)).toEqual([]);
});

test('no German text has a straight quotation mark, or three dots without the space before them', () => {
  const wrong = [...german].filter(([, leaf]) => typeof leaf === 'string' && /"|\p{L}…/u.test(leaf));
  expect(wrong.map(([path]) => path)).toEqual([]);
});
