import { runProgram } from '../program/run-program.ts';
import { readIdentityConfig } from './config.ts';
import { startIdentity } from './index.ts';

await runProgram('identity', async () => {
  const config = readIdentityConfig();
  const identity = await startIdentity({
    port: config.PORT,
    host: config.HOST,
    publicUrl: config.PUBLIC_URL,
    dataDir: config.DATA_DIR,
    audience: config.AUDIENCE,
    allowedOrigins: config.ALLOWED_ORIGINS,
  });
  return { url: identity.url, close: () => identity.close() };
});
