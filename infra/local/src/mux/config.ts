import { z } from 'zod';
import type { MuxDoubleOptions } from './double.ts';

const port = z.coerce
  .number()
  .int('must be a whole number')
  .min(1, 'must be 1 to 65535')
  .max(65_535, 'must be 1 to 65535');
const present = z.string('is missing').trim().min(1, 'is empty');
const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' });
const milliseconds = z.coerce.number().int('must be a whole number').min(1, 'must be at least 1');

const environment = z.object({
  PORT: port,
  HOST: present.default('127.0.0.1'),
  PUBLIC_URL: httpUrl.optional(),
  DATA_DIR: present,
  MUX_TOKEN_ID: present,
  MUX_TOKEN_SECRET: present,
  WEBHOOK_URL: httpUrl,
  WEBHOOK_SECRET: present,
  CONTROL: z.enum(['on', 'off'], 'must be "on" or "off"').default('on'),
  TRANSCODING: z.enum(['ffmpeg', 'pretend'], 'must be "ffmpeg" or "pretend"').default('ffmpeg'),
  CONCURRENT_TRANSCODES: z.coerce.number().int('must be a whole number').min(1, 'must be at least 1').default(1),
  WEBHOOK_RETRY_BASE_MS: milliseconds.default(250),
  WEBHOOK_TIMEOUT_MS: milliseconds.default(10_000),
});

/** The double must not run where real videos are: it was started with a production environment. */
export class ProductionRefusedError extends Error {
  constructor(variable: string) {
    super(`The Mux double refuses to start: ${variable} is "production", and it is for development and tests only.`);
    this.name = 'ProductionRefusedError';
  }
}

/** Throws ProductionRefusedError when ENVIRONMENT or NODE_ENV says production. */
export function refuseProduction(env: NodeJS.ProcessEnv = process.env): void {
  for (const variable of ['ENVIRONMENT', 'NODE_ENV']) {
    if (/^prod(uction)?$/i.test(env[variable]?.trim() ?? '')) throw new ProductionRefusedError(variable);
  }
}

/** A variable is missing or wrong. The message has one line per variable. */
export class ConfigError extends Error {
  constructor(lines: readonly string[]) {
    super(`The Mux double cannot start:\n${lines.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads the configuration out of the environment. Throws ConfigError, which names each wrong variable. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): MuxDoubleOptions {
  refuseProduction(env);
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  }
  const config = parsed.data;
  return {
    port: config.PORT,
    host: config.HOST,
    publicUrl: config.PUBLIC_URL,
    dataDir: config.DATA_DIR,
    tokenId: config.MUX_TOKEN_ID,
    tokenSecret: config.MUX_TOKEN_SECRET,
    webhook: { url: config.WEBHOOK_URL, secret: config.WEBHOOK_SECRET },
    control: config.CONTROL === 'on',
    transcoding: config.TRANSCODING,
    concurrentTranscodes: config.CONCURRENT_TRANSCODES,
    webhookRetryBaseMs: config.WEBHOOK_RETRY_BASE_MS,
    webhookTimeoutMs: config.WEBHOOK_TIMEOUT_MS,
  };
}
