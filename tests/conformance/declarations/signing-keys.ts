import { object } from '../declare.ts';
import type { Key, Scenario } from '../scenario.ts';

/** Keys that playback tokens are signed with. */
export const signingKeyTables = [
  object('app.signing_keys', {
    columns: { internal: 'id state sealed_private_key created_at active_at draining_at deleted_at' },
  }),
];

const sealed = `'\\x00'::bytea`;
const waiting = (key: Key) => key('app.signing_keys', 'nobody');

const byWorker = (rule: string, answer: string, ...calls: ((key: Key) => string)[]): Scenario => ({
  rule,
  as: 'mm_service',
  answer,
  statement: (key) => `do $$ begin ${calls.map((call) => `perform ${call(key)};`).join(' ')} end $$`,
});
const add = (id: string, bytes = sealed, isSigning = false) => `app.add_signing_key(${id}, ${bytes}, ${isSigning})`;

/** The arranged key is `created`. */
export const signingKeyScenarios: Scenario[] = [
  byWorker('a key that waits begins to sign', 'done', (key) => `app.switch_signing_key(${waiting(key)})`),
  byWorker('a signing key has an id', '422 request.invalid', () => add('null')),
  byWorker('the id of a signing key is one', '422 request.invalid', () => add(`'no spaces'`)),
  byWorker('a signing key has a private half', '422 request.invalid', () => add(`'another'`, 'null')),
  byWorker('one key at a time waits to sign', '409 key.in_the_way', () => add(`'another'`)),
  byWorker('a key is written down once', '409 key.in_the_way', (key) => add(waiting(key), sealed, true)),
  byWorker('only a known key begins to sign', '404 key.not_found', () => `app.switch_signing_key('another')`),
  byWorker(
    'no key begins to sign while an older one drains',
    '409 key.in_the_way',
    () => add(`'first'`, sealed, true),
    (key) => `app.switch_signing_key(${waiting(key)})`,
    () => add(`'third'`),
    () => `app.switch_signing_key('third')`,
  ),
  byWorker(
    'only a key that drains is deleted',
    '404 key.not_found',
    (key) => `app.delete_signing_key(${waiting(key)})`,
  ),
  byWorker(
    'a key is not deleted while a token of it may be out',
    '409 key.draining',
    () => add(`'first'`, sealed, true),
    (key) => `app.switch_signing_key(${waiting(key)})`,
    () => `app.delete_signing_key('first')`,
  ),
  ...Object.entries({ id: `'another'`, created_at: `now() - interval '1 year'` }).map(
    ([column, value]): Scenario => ({
      rule: `nobody changes ${column} of app.signing_keys by an update`,
      as: 'superuser',
      statement: (key) => `update app.signing_keys set ${column} = ${value} where id = ${waiting(key)}`,
      answer: '409 data.immutable',
    }),
  ),
  {
    rule: 'a signing key leaves out no step',
    as: 'superuser',
    statement: (key) =>
      `update app.signing_keys set state = 'draining', active_at = now(), draining_at = now() where id = ${waiting(key)}`,
    answer: '409 key.state_order',
  },
];
