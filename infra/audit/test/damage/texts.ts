import { type Damage, sealedAs } from './change.ts';

/** Texts that were sealed and signed but are not entries: the one who signs went wrong. */
export const textsDamaged: Damage[] = [
  ...(
    [
      ['has a key more', (text) => text.replace(/\}$/, ', "zzzzzzzzzzzzzzzzz": 1}'), /`\}` is expected/],
      [
        'has a key twice',
        (text) => text.replace('"xid": ', '"id": "01998b9e-0000-7000-8000-000000000000", "xid": '),
        /"xid" in its place/,
      ],
      ['lacks a key', (text) => text.replace('"reason": null, ', ''), /"reason" in its place/],
      [
        'has two keys in another order',
        (text) => text.replace(/("after": .*?), ("action": "[^"]*")/, '$2, $1'),
        /"after" in its place/,
      ],
      [
        'has inner keys in another order',
        (text) => text.replace(/("label": "[^"]*"), ("status": "[^"]*")/, '$2, $1'),
        /out of order/,
      ],
      ['has an inner key twice', (text) => text.replace(/("status": "active")/, '$1, $1'), /stand twice/],
      ['lacks a space', (text) => text.replace('"reason": null', '"reason":null'), /"reason" in its place/],
      ['escapes what need not be', (text) => text.replace('Squat', '\\u0053quat'), /escape that jsonb does not write/],
      ['escapes a slash', (text) => text.replace('Squat', 'Sq\\/uat'), /escape that jsonb does not write/],
      ['holds a bare control character', (text) => text.replace('Squat', 'Squat\t'), /not as jsonb writes it/],
      [
        'holds a number with an exponent',
        (text) => text.replace('"max_plays": 3', '"max_plays": 3e0'),
        /`, ` is expected/,
      ],
      [
        'holds a number with a leading zero',
        (text) => text.replace('"max_plays": 3', '"max_plays": 03'),
        /no value as jsonb/,
      ],
      ['is not JSON', (text) => text.replace('"active"', 'active'), /no value as jsonb/],
      ['has an id that is none', (text) => text.replace(/"id": "\w/, '"id": "x'), /not a UUID/],
      ['has a time that is none', (text) => text.replace(/("occurred_at": "\d+)-\d\d/, '$1-13'), /a time is expected/],
      [
        'is nested beyond measure',
        (text) => text.replace('"active"', `${'['.repeat(600)}${']'.repeat(600)}`),
        /deeper than 512/,
      ],
    ] satisfies [string, (text: string) => string, RegExp][]
  ).map(
    ([what, change, says]): Damage => ({
      what: `an entry ${what}`,
      file: sealedAs(change),
      names: { line: 10, batch: 2, index: 1 },
      says,
    }),
  ),
];
