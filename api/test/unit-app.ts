import type { FastifyInstance } from 'fastify';
import { buildApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';
import { sampleEnvironment } from './sample-environment.ts';
import { type SessionIssuer, startSessionIssuer, type TokenOptions } from './session-issuer.ts';

export interface UnitApp {
  readonly app: FastifyInstance;
  readonly issuer: SessionIssuer;
  /** An `authorization` header of a coach, or with other claims. */
  readonly authorization: (claims?: TokenOptions['claims']) => Promise<{ authorization: string }>;
  readonly close: () => Promise<void>;
}

/** The app with a real issuer, and a database and a Mux that listen nowhere: for everything that is decided before them. */
export async function startUnitApp(overrides: Record<string, string> = {}): Promise<UnitApp> {
  const issuer = await startSessionIssuer();
  const app = await buildApp(parseConfig(sampleEnvironment({ IDENTITY_ISSUER: issuer.url, ...overrides })));
  return {
    app,
    issuer,
    authorization: async (claims) => ({
      authorization: `Bearer ${await issuer.token(claims === undefined ? {} : { claims })}`,
    }),
    close: async () => {
      await app.close();
      await issuer.close();
    },
  };
}
