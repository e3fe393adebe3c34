import { object } from '../declare.ts';
import type { Key, Scenario } from '../scenario.ts';

/** What those who watch by a link have proved, or tried to. */
export const shareProofTables = [
  object('app.share_code_challenges', {
    columns: {
      internal: `id share_token_id coach_id recipient_id address address_hash code_hash attempts created_at expires_at used_at state
                 send_attempts last_error provider_id finished_at`,
    },
  }),
  object('app.share_proof_attempts', {
    columns: {
      shown: 'id attempted_at kind rule share_token_id coach_id public_id request_id',
      viewer: 'challenge_id address_hash ip_hash',
    },
    select: { shown: { coach: 'own', admin: 'all', auditor: 'all' } },
  }),
];

export const shareProofViews = [
  object('api.share_proof_attempts', {
    rowsOf: 'app.share_proof_attempts',
    columns: { shown: 'id attempted_at kind rule share_token_id public_id coach_id request_id' },
    select: { shown: { coach: 'own', admin: 'all', auditor: 'all' } },
  }),
];

/** Identity and scope of such a row: no update changes them. */
const kept: Record<string, Record<string, string>> = {
  'app.share_code_challenges': {
    id: 'uuidv7()',
    share_token_id: 'uuidv7()',
    coach_id: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    address_hash: `sha256('another')`,
    code_hash: `sha256('another')`,
    created_at: `now() - interval '1 hour'`,
    expires_at: `now() + interval '1 hour'`,
  },
  'app.share_proof_attempts': {
    id: 'uuidv7()',
    attempted_at: `now() - interval '1 hour'`,
    kind: `'passphrase'`,
    share_token_id: 'uuidv7()',
    coach_id: `(select id from app.profiles where subject = 'user_ben_okafor')`,
    public_id: `'abcdefghijkl'`,
    address_hash: `sha256('another')`,
    ip_hash: `sha256('another')`,
    request_id: `'another'`,
  },
};

const hash = `'$argon2id$v=19$m=19456,t=2,p=1$' || repeat('A', 22) || '$' || repeat('b', 43)`;

/**
 * Arranges the caller's link, asks one of the functions as the service would, and raises the rule that it answers: these functions do not
 * refuse by an error, so that their answer is what is compared.
 */
const decided = (rule: string, answer: string, arrange: (share: string) => string, call: string): Scenario => ({
  rule,
  as: 'superuser',
  answer: `P0001 ${answer}`,
  statement: (key: Key) => `do $$
    declare share app.share_tokens; answer record;
    begin
      set local session_replication_role = 'replica';
      ${arrange(key('app.share_tokens'))};
      set local session_replication_role = 'origin';
      select * into share from app.share_tokens where id = ${key('app.share_tokens')};
      select * into answer from ${call};
      raise exception '%', answer.rule;
    end $$`,
});

const passphrase = (share: string) =>
  `update app.share_tokens set has_passphrase = true, passphrase_hash = ${hash} where id = ${share}`;
const recipients = (share: string) => `update app.share_tokens set recipients_only = true where id = ${share}`;
const nothing = () => 'null';
const tryPassphrase = `app.try_passphrase(share.public_id, share.secret_hash, 'request-1', sha256('here'))`;
const tryCode = (code = `sha256('code')`) =>
  `app.try_share_code(share.public_id, share.secret_hash, 'ann@club.example', ${code}, 'request-1', sha256('here'))`;
const askCode = `app.ask_share_code(
  share.public_id, share.secret_hash, 'ann@club.example', uuidv7(), sha256('code'), 'request-1', sha256('here'))`;
const challenge = (share: string, columns = '', values = '', age = '0 minutes') => `
  ${recipients(share)};
  delete from app.share_code_challenges where share_token_id = ${share};
  insert into app.share_code_challenges (id, share_token_id, coach_id, address_hash, code_hash, created_at, expires_at, state, finished_at${columns})
  select uuidv7(), t.id, t.coach_id, app.address_hash('ann@club.example'), sha256('code'), now() - interval '${age}', now() + interval '10 minutes' - interval '${age}',
         'sent', now()${values}
  from app.share_tokens t where t.id = ${share}`;

export const shareProofScenarios: Scenario[] = [
  ...Object.entries(kept).flatMap(([table, columns]) =>
    Object.entries(columns).map(
      ([column, value]): Scenario => ({
        rule: `nobody changes ${column} of ${table} by an update`,
        as: 'superuser',
        statement: (key) => `update ${table} set ${column} = ${value} where id = ${key(table)}`,
        answer: '409 data.immutable',
      }),
    ),
  ),
  decided(
    'a passphrase that is tried counts as wrong until it is settled',
    'proof.passphrase_wrong',
    passphrase,
    tryPassphrase,
  ),
  decided('a link without a passphrase has none to try', 'proof.not_asked', nothing, tryPassphrase),
  decided(
    'after five wrong passphrases from one address there is no sixth for a while',
    'proof.throttled',
    (share) => `${passphrase(share)};
      insert into app.share_proof_attempts (kind, rule, share_token_id, coach_id, public_id, ip_hash)
      select 'passphrase', 'proof.passphrase_wrong', t.id, t.coach_id, t.public_id, sha256('here')
      from app.share_tokens t, generate_series(1, 5) where t.id = ${share}`,
    tryPassphrase,
  ),
  decided(
    'after fifty wrong passphrases from everywhere nobody tries a link for a while',
    'proof.throttled',
    (share) => `${passphrase(share)};
      insert into app.share_proof_attempts (kind, rule, share_token_id, coach_id, public_id, ip_hash)
      select 'passphrase', 'proof.passphrase_wrong', t.id, t.coach_id, t.public_id, sha256(n::text::bytea)
      from app.share_tokens t, generate_series(1, 50) n where t.id = ${share}`,
    tryPassphrase,
  ),
  decided('a link that is for nobody in particular mails no code', 'proof.not_asked', nothing, askCode),
  decided('a link that is for nobody in particular takes no code', 'proof.not_asked', nothing, tryCode()),
  decided('a code is mailed once a minute', 'proof.throttled', (share) => challenge(share), askCode),
  decided('a recipient proves their address with its code', 'proof.code_right', (share) => challenge(share), tryCode()),
  decided('another code is wrong', 'proof.code_wrong', (share) => challenge(share), tryCode(`sha256('other')`)),
  decided('nobody has a code who asked for none', 'proof.code_wrong', recipients, tryCode()),
  decided(
    'a code is dead after five tries',
    'proof.code_wrong',
    (share) => challenge(share, ', attempts', ', 5'),
    tryCode(),
  ),
  decided('a code works once', 'proof.code_wrong', (share) => challenge(share, ', used_at', ', now()'), tryCode()),
  decided(
    'a code dies after ten minutes',
    'proof.code_wrong',
    (share) => challenge(share, '', '', '10 minutes'),
    tryCode(),
  ),
  decided(
    'the code of somebody who was taken off the recipients is worth nothing',
    'proof.code_wrong',
    (share) => `${challenge(share)}; delete from app.share_recipients where share_token_id = ${share}`,
    tryCode(),
  ),
];
