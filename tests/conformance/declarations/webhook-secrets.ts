import { object } from '../declare.ts';
import type { Key, Scenario } from '../scenario.ts';

/** Secrets that providers sign webhooks with. */
export const webhookSecretTables = [
  object('app.webhook_secrets', {
    columns: { internal: 'id provider state sealed_secret created_at active_at draining_at deleted_at last_seen_at' },
  }),
];

const sealed = `'\\x00'::bytea`;
const active = `'00000000000000aa'`;
const pending = (key: Key) => key('app.webhook_secrets', 'nobody');
const third = `'00000000000000cc'`;

const by =
  (as: 'mm_service' | 'mm_operator') =>
  (rule: string, answer: string, ...calls: ((key: Key) => string)[]): Scenario => ({
    rule,
    as,
    answer,
    statement: (key) => `do $$ begin ${calls.map((call) => `perform ${call(key)};`).join(' ')} end $$`,
  });
const byWorker = by('mm_service');
const byOperator = by('mm_operator');

const add =
  (id: string, provider = `'mux'`, bytes = sealed) =>
  () =>
    `app.add_webhook_secret(${provider}, ${id}, ${bytes})`;
const adopt =
  (ids: string, sealedSecrets = `array[${sealed}]`, provider = `'clerk'`) =>
  () =>
    `app.adopt_webhook_secrets(${provider}, ${ids}, ${sealedSecrets})`;
const see = (key: Key) => `app.see_webhook_secrets(array[${pending(key)}])`;
const change = (key: Key) => `app.switch_webhook_secret(${pending(key)})`;
const remove =
  (id: string, hasLeaked = 'false') =>
  () =>
    `app.delete_webhook_secret(${id}, ${hasLeaked})`;
const stranger = () =>
  `set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || '{"sub": "user_stranger"}')::text, true)`;
const unconfirmed = () =>
  `set_config('request.jwt.claims', (current_setting('request.jwt.claims')::jsonb || '{"fva": [11, -1]}')::text, true)`;
const ask =
  (rotation: string, reason = `'It is a year old'`, hasLeaked = 'false') =>
  () =>
    `api.ask_key_rotation(${rotation}, ${reason}, ${hasLeaked})`;

/** The arranged secret is pending, beside an active one. */
export const webhookSecretScenarios: Scenario[] = [
  byWorker('a secret that was used becomes the active one', 'done', see, change),
  byWorker('a secret that no delivery was signed with does not become active', '409 key.unused', change),
  byWorker('only a known secret becomes active', '404 key.not_found', () => `app.switch_webhook_secret('another')`),
  byWorker('a secret is pending once', '404 key.not_found', see, change, change),
  byWorker('a pending secret that was never used gives way to another', 'done', add(third)),
  byWorker('a pending secret that is in use stays', '409 key.in_the_way', see, add(third)),
  byWorker('a secret comes once', '409 key.in_the_way', add(active)),
  byWorker('a secret that was withdrawn does not come back', '409 key.in_the_way', add(third), (key) =>
    add(pending(key))(),
  ),
  byWorker('a secret has a fingerprint', '422 request.invalid', add('null')),
  byWorker('a fingerprint is sixteen hexadecimal digits', '422 request.invalid', add(`'whsec_plain'`)),
  byWorker('a secret has its sealed value', '422 request.invalid', add(third, `'mux'`, 'null')),
  byWorker('a secret is of a known provider', '422 request.invalid', add(third, `'nobody'`)),
  byWorker('a secret has a provider', '422 request.invalid', add(third, 'null')),
  byWorker('no secret is added before those of the configuration', '404 key.not_found', add(third, `'clerk'`)),
  byWorker('secrets of the configuration are written down', 'done', adopt(`array[${third}]`)),
  byWorker('they are written down once', '409 key.in_the_way', adopt(`array[${third}]`, `array[${sealed}]`, `'mux'`)),
  byWorker('one of them at least', '422 request.invalid', adopt(`'{}'`, `'{}'`)),
  byWorker('none of them null', '422 request.invalid', adopt('array[null]')),
  byWorker('all named by fingerprints', '422 request.invalid', adopt(`array['plain']`)),
  byWorker('all with a sealed value', '422 request.invalid', adopt(`array[${third}]`, `'{}'`)),
  byWorker('of a known provider', '422 request.invalid', adopt(`array[${third}]`, `array[${sealed}]`, `'nobody'`)),
  byWorker(
    'at most four secrets of a provider are accepted',
    '409 key.in_the_way',
    adopt(
      `array['00000000000000c1', '00000000000000c2', '00000000000000c3', '00000000000000c4']`,
      `array_fill(${sealed}, array[4])`,
    ),
    add('00000000000000c5'.replace(/^|$/g, `'`), `'clerk'`),
  ),
  byWorker('only a secret that drains is deleted', '404 key.not_found', remove(active)),
  byWorker(
    'a secret is not deleted while deliveries signed with it may come',
    '409 key.draining',
    see,
    change,
    remove(active),
  ),
  byWorker('a secret that has leaked is deleted at once', 'done', see, change, remove(active, 'true')),
  ...Object.entries({ id: third, provider: `'clerk'`, created_at: `now() - interval '1 year'` }).map(
    ([column, value]): Scenario => ({
      rule: `nobody changes ${column} of app.webhook_secrets by an update`,
      as: 'superuser',
      statement: (key) => `update app.webhook_secrets set ${column} = ${value} where id = ${pending(key)}`,
      answer: '409 data.immutable',
    }),
  ),
  {
    rule: 'a webhook secret leaves out no step',
    as: 'superuser',
    statement: (key) =>
      `update app.webhook_secrets set state = 'draining', draining_at = now() where id = ${pending(key)}`,
    answer: '409 key.state_order',
  },
  byOperator('an operator sees the keys', 'done', () => 'api.keys()'),
  byOperator('a stranger sees no key', '403 auth.forbidden', stranger, () => 'api.keys()'),
  byOperator('an operator asks for a rotation', 'done', ask(`'mux-signing'`)),
  byOperator('a stranger asks for none', '403 auth.forbidden', stranger, ask(`'mux-signing'`)),
  byOperator('a rotation is of a key that there is', '422 request.invalid', ask(`'mux-token'`)),
  byOperator('a rotation names its key', '422 request.invalid', ask('null')),
  byOperator('a rotation needs a reason', '422 request.invalid', ask(`'mux-signing'`, `' x '`)),
  byOperator(
    'whoever asks for a rotation says whether the key has leaked',
    '422 request.invalid',
    ask(`'mux-signing'`, `'It has leaked'`, 'null'),
  ),
  byOperator('a rotation needs a fresh confirmation', '403 auth.step_up_required', unconfirmed, ask(`'mux-signing'`)),
  byOperator(
    'a confirmation begins one rotation',
    '403 auth.step_up_required',
    ask(`'mux-signing'`),
    ask(`'mux-webhook'`),
  ),
];
