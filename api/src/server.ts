import { setFlagsFromString } from 'node:v8';
import { buildApp } from './app.ts';
import { loadConfigOrExit } from './config.ts';
import { endGracefully } from './shutdown.ts';

// Requests that wait for one commit outlive a collection of young objects together, from which V8 learns to make such objects in the old
// generation at once. There they are soon garbage that is not collected, and keeps alive what young objects it names: collections take two
// and a half times as long, and begin to do so at one start of the api in two.
setFlagsFromString('--no-allocation-site-pretenuring');

const config = loadConfigOrExit('api');

async function start() {
  const app = await buildApp(config);
  await app.listen({ host: config.http.host, port: config.http.port });
  return app;
}

const starting = start();
// Before it is up: a signal, or the end of the parent, that comes meanwhile must not be missed.
endGracefully(
  async () => (await starting).close(),
  (error) => process.stderr.write(`The api could not end in order: ${String(error)}\n`),
);
try {
  await starting;
} catch (error) {
  process.stderr.write(`The api cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
