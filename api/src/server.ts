import { buildApp } from './app.ts';
import { loadConfigOrExit } from './config.ts';
import { endGracefully } from './shutdown.ts';

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
