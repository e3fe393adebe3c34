import type { Key, Scenario } from '../scenario.ts';

/** Tables of the seal, with the row that is tried and a column to change. */
const sealed: { table: string; row: (key: Key) => string; set: string }[] = [
  { table: 'audit.batches', row: (key) => `no = ${key('audit.batches', 'nobody')}`, set: 'size = 2' },
  { table: 'audit.leaves', row: (key) => `entry_id = ${key('audit.leaves')}`, set: 'leaf_index = 9' },
  { table: 'audit.checkpoints', row: (key) => `size = ${key('audit.checkpoints', 'nobody')}`, set: 'entries = 9' },
  { table: 'audit.tree_nodes', row: (key) => `hash::text = ${key('audit.tree_nodes', 'nobody')}`, set: 'place = 9' },
];

const nobodyTakesBack = sealed.flatMap(({ table, row, set }): Scenario[] =>
  [
    { verb: 'changes', text: (key: Key) => `update ${table} set ${set} where ${row(key)}` },
    { verb: 'deletes', text: (key: Key) => `delete from ${table} where ${row(key)}` },
    { verb: 'truncates', text: () => `truncate ${table}` },
  ].map(({ verb, text }) => ({
    rule: `nobody ${verb} rows of ${table}, not even the superuser`,
    as: 'superuser',
    statement: text,
    answer: '403 audit.append_only',
  })),
);

const disclosed = (key: Key) => `entry_id = ${key('audit.disclosures')}`;

const personalValues: Scenario[] = [
  {
    rule: 'nobody changes a personal value of the log',
    as: 'superuser',
    statement: (key) => `update audit.disclosures set value = '"Bench"' where ${disclosed(key)}`,
    answer: '403 audit.append_only',
  },
  {
    rule: 'nobody deletes a personal value of the log but by erasing the person',
    as: 'superuser',
    statement: (key) => `delete from audit.disclosures where ${disclosed(key)}`,
    answer: '403 audit.append_only',
  },
  {
    rule: 'erasing one person lets no other person’s values go',
    as: 'superuser',
    statement: (key) => `do $$ begin
      perform set_config('mm.erasing', ${key('app.profiles', 'other')}::text, true);
      delete from audit.disclosures where ${disclosed(key)};
    end $$`,
    answer: '403 audit.append_only',
  },
  {
    rule: 'nobody truncates the personal values of the log',
    as: 'superuser',
    statement: () => 'truncate audit.disclosures',
    answer: '403 audit.append_only',
  },
  {
    rule: 'an admin who asks for the personal values of an entry says why',
    as: 'mm_admin',
    statement: (key) => `select * from api.disclose_audit_entry(${key('audit.entries', 'other')}, ' x ')`,
    answer: '422 request.invalid',
  },
  {
    rule: 'a coach is told of the personal values of another coach’s entry that there is no such entry',
    as: 'mm_coach',
    statement: (key) => `select * from api.disclose_audit_entry(${key('audit.entries', 'other')})`,
    answer: '404 audit.not_found',
  },
];

/** What is sealed stays, and personal values of the log go by erasure alone. */
export const sealingScenarios: Scenario[] = [...nobodyTakesBack, ...personalValues];
