import { pino } from 'pino';
import { loadConfigOrExit } from './config.ts';
import { openDatabase } from './db/database.ts';
import { loggerOptions } from './logging.ts';
import { createMuxClient } from './mux/client.ts';
import { type RotationStep, takeRotationStep } from './playback/rotate-signing-key.ts';

const help = `Usage: pnpm keys:rotate mux-signing [--json]

Replaces the key that playback tokens are signed with: creates one at Mux, switches to it, and ends. Called again once the old key has
drained (16 minutes), it deletes that one at Mux. Killed anywhere, it goes on where it was. Nobody who watches notices.

  --json  every step as a line of JSON

Reads the environment of the worker, with KEY_ENCRYPTION_KEY. Ends with 0 when the rotation is complete, 3 when the old key still drains, 1
when a step failed, which raises an alert, and 2 when it was asked wrongly.
`;

const alertStatement = {
  name: 'raise_rotation_alert',
  text: `select app.raise_alert('keys.rotation.failed', 'critical', 'The rotation of the Mux signing key failed.', $1::jsonb,
                                'docs/runbooks/rotate-mux-keys.md')`,
};
const clearStatement = { name: 'clear_rotation_alert', text: `select app.clear_alert('keys.rotation.failed')` };

const describe = ({ step, keyId, until }: RotationStep): string =>
  step === 'waits' ? `${keyId} drains until ${until}; call this again then` : `${step} ${keyId}`;

async function rotate(isJson: boolean): Promise<number> {
  const config = loadConfigOrExit('worker');
  const { keyEncryptionKey: encryptionKey, signingKey, signingKeyId } = config.mux;
  if (encryptionKey === undefined) {
    process.stderr.write('KEY_ENCRYPTION_KEY is missing: there is nowhere to keep a new key.\n');
    return 2;
  }
  const log = pino(loggerOptions(config, 'worker'), pino.destination(2));
  const database = openDatabase({
    url: config.database.url,
    poolMax: 1,
    applicationName: 'mm-worker',
    onConnectionError: (error) => log.warn({ err: error }, 'a database connection broke'),
  });
  const doors = {
    database,
    mux: createMuxClient(config.mux),
    encryptionKey,
    configured: { id: signingKeyId, privateKey: signingKey },
  };
  try {
    for (;;) {
      const taken = await takeRotationStep(doors);
      process.stdout.write(`${isJson ? JSON.stringify(taken) : describe(taken)}\n`);
      if (taken.step === 'deleted' || taken.step === 'waits') {
        await database.query(clearStatement, []);
        return taken.step === 'waits' ? 3 : 0;
      }
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`The rotation stopped: ${message}\n`);
    await database.query(alertStatement, [JSON.stringify({ error: message })]).catch((cause: unknown) => {
      log.error({ err: cause }, 'the alert could not be raised');
    });
    return 1;
  } finally {
    await database.close();
  }
}

const [what, ...options] = process.argv.slice(2);
if (what === '--help') {
  process.stdout.write(help);
} else if (what !== 'mux-signing' || options.some((option) => option !== '--json')) {
  process.stderr.write(help);
  process.exitCode = 2;
} else {
  process.exitCode = await rotate(options.includes('--json'));
}
