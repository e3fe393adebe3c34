import { runProgram } from '../program/run-program.ts';
import { readMailboxConfig } from './config.ts';
import { startMailbox } from './index.ts';

await runProgram('mailbox', () => {
  const config = readMailboxConfig();
  return startMailbox({
    port: config.PORT,
    host: config.HOST,
    publicUrl: config.PUBLIC_URL,
    dataDir: config.DATA_DIR,
    apiKey: config.RESEND_API_KEY,
    verifiedDomains: config.VERIFIED_DOMAINS,
  });
});
