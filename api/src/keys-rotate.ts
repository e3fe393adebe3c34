import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { loadConfigOrExit } from './config.ts';
import { openDatabase } from './db/database.ts';
import type { RotationStep } from './keys/rotation-step.ts';
import { isWebhookRotation, type RotationName, runRotation, webhookRotations } from './keys/run-rotation.ts';
import { loggerOptions } from './logging.ts';
import { createMuxClient } from './mux/client.ts';
import { isSecretRotating, type SecretRotation } from './webhooks/rotate-webhook-secret.ts';
import { secretKeyOf } from './webhooks/secret-text.ts';

const help = `Usage: pnpm keys:rotate mux-signing [--json]
       pnpm keys:rotate mux-webhook|clerk-webhook|resend-webhook [--leaked] [--json] [< file with the new secret]

mux-signing replaces the key that playback tokens are signed with: creates one at Mux, switches to it, and ends. Called again once the old
key has drained (16 minutes), it deletes that one at Mux.

The others replace the secret that a provider signs its webhooks with. The new one, as the provider shows it, is read from standard input and
accepted beside the old one. Called again without it, the rotation goes on: to the new one when a delivery signed with it has come, and to
the end when none was signed with the old one for a day.

Killed anywhere, a rotation goes on where it was. Nobody who watches notices, and no delivery is refused.

  --leaked  delete the old secret as soon as the new one is in use
  --json    every step as a line of JSON

Reads the environment of the worker, with KEY_ENCRYPTION_KEY. Ends with 0 when the rotation is complete, 3 when it has to wait, 1 when a step
failed, which raises an alert, and 2 when it was asked wrongly.
`;

const sentence = ({ step, keyId, until }: RotationStep): string => {
  if (step === 'unused') {
    return `${keyId} is accepted, and no delivery signed with it has come yet; let the provider use it, then call this again`;
  }
  return step === 'waits' ? `${keyId} drains until ${until}; call this again then` : `${step} ${keyId}`;
};

/** A slip of whoever asks; its message says how to ask. */
class WrongWayError extends Error {}

/** The new secret of standard input; nothing there goes on with what is under way. */
async function secretOf(name: RotationName): Promise<Pick<SecretRotation, 'secret'>> {
  if (!isWebhookRotation(name) || process.stdin.isTTY) {
    return {};
  }
  const written = (await text(process.stdin)).trim();
  if (written === '') {
    return {};
  }
  const secret = secretKeyOf(webhookRotations[name], written);
  if (secret === undefined) {
    throw new WrongWayError('What is on standard input is no secret of this provider.');
  }
  return { secret };
}

async function rotate(name: RotationName, hasLeaked: boolean, isJson: boolean): Promise<number> {
  const config = loadConfigOrExit('worker');
  const { keyEncryptionKey: encryptionKey } = config.mux;
  if (encryptionKey === undefined) {
    throw new WrongWayError('KEY_ENCRYPTION_KEY is missing: there is nowhere to keep a new key.');
  }
  const asked = { ...(await secretOf(name)), hasLeaked };
  const log = pino(loggerOptions(config, 'worker'), pino.destination(2));
  const database = openDatabase({
    url: config.database.url,
    poolMax: 1,
    applicationName: 'mm-worker',
    onConnectionError: (error) => log.warn({ err: error }, 'a database connection broke'),
  });
  try {
    if (isWebhookRotation(name) && asked.secret === undefined) {
      if (!(await isSecretRotating(database, webhookRotations[name]))) {
        throw new WrongWayError('No rotation is under way: give the new secret on standard input.');
      }
    }
    const tools = { database, mux: createMuxClient(config.mux), config, encryptionKey };
    const last = await runRotation(tools, name, asked, (step) =>
      process.stdout.write(`${isJson ? JSON.stringify(step) : sentence(step)}\n`),
    );
    return last === undefined || last.step === 'deleted' ? 0 : 3;
  } finally {
    await database.close();
  }
}

const [name = '', ...options] = process.argv.slice(2);
const flags = isWebhookRotation(name) ? ['--json', '--leaked'] : ['--json'];
if (name === '--help') {
  process.stdout.write(help);
} else if (!(name === 'mux-signing' || isWebhookRotation(name)) || options.some((option) => !flags.includes(option))) {
  process.stderr.write(help);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await rotate(name, options.includes('--leaked'), options.includes('--json'));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(error instanceof WrongWayError ? `${message}\n` : `The rotation stopped: ${message}\n`);
    process.exitCode = error instanceof WrongWayError ? 2 : 1;
  }
}
