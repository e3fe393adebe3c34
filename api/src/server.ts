import { buildApp } from './app.ts';
import { loadConfigOrExit } from './config.ts';
import { endGracefully } from './shutdown.ts';

const config = loadConfigOrExit();
try {
  const app = await buildApp(config);
  endGracefully(
    () => app.close(),
    (error) => app.log.error({ err: error }, 'shutdown failed'),
  );
  await app.listen({ host: config.http.host, port: config.http.port });
} catch (error) {
  process.stderr.write(`The api cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
