import { runProgram } from '../program/run-program.ts';
import { readIdentityConfig } from './config.ts';
import { startIdentity } from './index.ts';

await runProgram('identity', async () => {
  const config = readIdentityConfig();
  const { RESEND_BASE_URL: url, RESEND_API_KEY: apiKey } = config;
  const identity = await startIdentity({
    port: config.PORT,
    host: config.HOST,
    publicUrl: config.PUBLIC_URL,
    dataDir: config.DATA_DIR,
    audience: config.AUDIENCE,
    allowedOrigins: config.ALLOWED_ORIGINS,
    secretKey: config.CLERK_SECRET_KEY,
    mailDoor: url !== undefined && apiKey !== undefined ? { url, apiKey } : undefined,
  });
  return { url: identity.url, close: () => identity.close() };
});
