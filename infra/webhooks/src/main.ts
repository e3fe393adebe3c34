import { randomBytes } from 'node:crypto';
import { appendFile, mkdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { type Provider, readPayloads, UsageError } from './payloads.ts';
import { type Result, replay } from './replay.ts';
import { shuffled } from './shuffle.ts';
import { findTarget } from './target.ts';

const help = `Usage: pnpm webhooks:replay FILE|DIR --to URL [options]

Signs captured, redacted payloads freshly and sends them to the webhook inbox at URL, one after the other. A folder is read with all folders
below it; each payload lies in a folder named after its provider: mux, clerk, resend. Exits 1 when one is not stored (with --invalid: not
refused), 2 when it cannot be begun.

  --to URL          the api, such as http://localhost:4000
  --secret SECRET   to sign with, for every provider; otherwise MUX_WEBHOOK_SECRET, CLERK_WEBHOOK_SECRET, RESEND_WEBHOOK_SECRET
  --provider NAME   whose the payloads are, whatever folder they lie in
  --new-ids         give each event of Mux an id of its own, so that it is new to the inbox
  --invalid         sign with a wrong secret
  --duplicate       send each twice
  --shuffle         send them in another order; --seed SEED repeats an order
  --yes             send also to production, or to a place that does not say what it is
  --log FILE        append a line about the run (default .data/webhook-replays.jsonl)
  --json            print one JSON object instead of lines
`;

const say = (text: string) => process.stdout.write(`${text}\n`);

function lineOf({ status, outcome, provider, type, file, milliseconds, expected }: Result): string {
  return `${expected ? 'ok  ' : 'FAIL'} ${status ?? '---'} ${outcome.padEnd(11)} ${provider} ${type} (${milliseconds} ms) ${file}`;
}

const secretFrom =
  (given: string | undefined) =>
  (provider: Provider): string => {
    const variable = `${provider.toUpperCase()}_WEBHOOK_SECRET`;
    const secret = given ?? process.env[variable];
    if (secret === undefined || secret === '') {
      throw new UsageError(`There is no secret to sign with: give --secret, or set ${variable}.`);
    }
    return secret;
  };

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean' },
      to: { type: 'string' },
      secret: { type: 'string' },
      provider: { type: 'string' },
      'new-ids': { type: 'boolean', default: false },
      invalid: { type: 'boolean', default: false },
      duplicate: { type: 'boolean', default: false },
      shuffle: { type: 'boolean', default: false },
      seed: { type: 'string' },
      yes: { type: 'boolean', default: false },
      log: { type: 'string', default: '.data/webhook-replays.jsonl' },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.help === true) {
    say(help);
    return 0;
  }
  const [path, ...rest] = positionals;
  if (path === undefined || rest.length > 0 || values.to === undefined) {
    throw new UsageError('Name one file or folder, and where to send with --to.');
  }
  const payloads = await readPayloads(path, values.provider);
  const secretOf = secretFrom(values.secret);
  for (const { provider } of values.invalid ? [] : payloads) secretOf(provider);
  const target = await findTarget(values.to, values.yes);
  const seed = values.seed ?? randomBytes(4).toString('hex');
  const isShuffled = values.shuffle || values.seed !== undefined;
  const results = await replay(payloads, {
    origin: target.origin,
    secretOf,
    invalid: values.invalid,
    duplicate: values.duplicate,
    newIds: values['new-ids'],
    ...(isShuffled ? { order: (items) => shuffled(items, seed) } : {}),
    ...(values.json ? {} : { onResult: (result) => say(lineOf(result)) }),
  });
  const run = {
    at: new Date().toISOString(),
    by: userInfo().username,
    to: target.origin,
    environment: target.environment,
    path,
    options: {
      invalid: values.invalid,
      duplicate: values.duplicate,
      newIds: values['new-ids'],
      ...(isShuffled ? { seed } : {}),
    },
    sent: results.length,
    unexpected: results.filter(({ expected }) => !expected).length,
  };
  await mkdir(dirname(values.log), { recursive: true });
  await appendFile(values.log, `${JSON.stringify(run)}\n`);
  say(
    values.json
      ? JSON.stringify({ ...run, results })
      : `${run.sent} sent to ${run.to} (${run.environment}), ${run.unexpected} not as expected${isShuffled ? `; --seed ${seed}` : ''}.`,
  );
  return run.unexpected === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
