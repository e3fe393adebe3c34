import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from '@fastify/type-provider-zod';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { DestinationStream } from 'pino';
import type { Config } from './config.ts';
import { blockAddressRoute } from './features/abuse/block-address/handler.ts';
import { exportLogRoute } from './features/audit/export-log/handler.ts';
import { proveConsistencyRoute } from './features/audit/prove-consistency/handler.ts';
import { publishCheckpointRoute } from './features/audit/publish-checkpoint/handler.ts';
import { publishVerifierKeysRoute } from './features/audit/publish-verifier-keys/handler.ts';
import { eraseBrowserConsentsRoute } from './features/consent/erase-browser-consents/handler.ts';
import { exportBrowserConsentsRoute } from './features/consent/export-browser-consents/handler.ts';
import { recordBrowserConsentRoute } from './features/consent/record-browser-consent/handler.ts';
import { withdrawBrowserConsentRoute } from './features/consent/withdraw-browser-consent/handler.ts';
import { rotateKeyRoute } from './features/keys/rotate-key/handler.ts';
import { exportListRoute } from './features/lists/export-list/handler.ts';
import { followChangesRoute } from './features/live/follow-changes/handler.ts';
import { exportPlaysRoute } from './features/playback/export-plays/handler.ts';
import { hashPassphraseRoute } from './features/playback/hash-passphrase/handler.ts';
import { previewVideoRoute } from './features/playback/preview-video/handler.ts';
import { provePassphraseRoute } from './features/playback/prove-passphrase/handler.ts';
import { recordEventsRoute } from './features/playback/record-events/handler.ts';
import { requestCodeRoute } from './features/playback/request-code/handler.ts';
import { resolveShareRoute } from './features/playback/resolve-share/handler.ts';
import { verifyCodeRoute } from './features/playback/verify-code/handler.ts';
import { publishKeysRoute } from './features/system/publish-keys/handler.ts';
import { readConfigRoute } from './features/system/read-config/handler.ts';
import { readLimitsRoute } from './features/system/read-limits/handler.ts';
import { reportHealthRoutes } from './features/system/report-health/handler.ts';
import { reportVitalsRoute } from './features/system/report-vitals/handler.ts';
import { cancelUploadRoute } from './features/uploads/cancel-upload/handler.ts';
import { requestUploadRoute } from './features/uploads/request-upload/handler.ts';
import { resumeUploadRoute } from './features/uploads/resume-upload/handler.ts';
import { receiveClerkWebhookRoute } from './features/webhooks/receive-clerk-webhook/handler.ts';
import { receiveMuxWebhookRoute } from './features/webhooks/receive-mux-webhook/handler.ts';
import { receiveResendWebhookRoute } from './features/webhooks/receive-resend-webhook/handler.ts';
import { loggerOptions, requestLogger } from './logging.ts';
import { appPagesPlugin } from './plugins/app/app-pages.ts';
import { configurationPlugin } from './plugins/app/configuration.ts';
import { endingPlugin } from './plugins/app/ending.ts';
import { errorEventsPlugin } from './plugins/app/error-events.ts';
import { identityPlugin } from './plugins/app/identity.ts';
import { jobWatchPlugin } from './plugins/app/job-watch.ts';
import { livePlugin } from './plugins/app/live.ts';
import { playbackPlugin } from './plugins/app/playback.ts';
import { answerFrameworkError, problemsPlugin } from './plugins/app/problems.ts';
import { rateLimitsPlugin } from './plugins/app/rate-limits.ts';
import { requestLogPlugin } from './plugins/app/request-log.ts';
import { restProxyPlugin } from './plugins/app/rest-proxy.ts';
import { securityHeadersPlugin } from './plugins/app/security-headers.ts';
import { shareProofsPlugin } from './plugins/app/share-proofs.ts';
import { vitalsPlugin } from './plugins/app/vitals.ts';
import { webhookInboxPlugin } from './plugins/app/webhook-inbox.ts';
import { webhookSecretsPlugin } from './plugins/app/webhook-secrets.ts';
import { databasePlugin } from './plugins/external/database.ts';
import { jobQueuePlugin } from './plugins/external/job-queue.ts';
import { metricsPlugin } from './plugins/external/metrics.ts';
import { muxPlugin } from './plugins/external/mux.ts';
import { openapiPlugin } from './plugins/external/openapi.ts';
import { requestIdFrom } from './request-id.ts';

export interface BuildOptions {
  /** Where log lines go instead of standard output. */
  readonly logStream?: DestinationStream;
}

/** Largest JSON body of an operation, in bytes; webhooks and `/rest` have limits of their own. */
const bodyLimit = 65_536;

/**
 * Builds the HTTP API without listening. Nothing is connected before the first request needs it, except that missing app folders
 * are refused here.
 */
export async function buildApp(config: Config, { logStream }: BuildOptions = {}): Promise<FastifyInstance> {
  const app = Fastify({
    logger: { ...loggerOptions(config, 'api'), ...(logStream === undefined ? {} : { stream: logStream }) },
    childLoggerFactory: requestLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    requestIdHeader: false,
    genReqId: (request) => requestIdFrom(request.headers),
    // Hop 0 is the peer of the socket: exactly so many proxies, counted from here, are believed.
    trustProxy: (_address, hop) => hop < config.http.trustedProxyHops,
    bodyLimit,
    requestTimeout: 60_000,
    // As long as a URL can be: an overlong id is refused by its operation, in the words of that operation.
    routerOptions: { maxParamLength: 16_384 },
    frameworkErrors: answerFrameworkError,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  await app.register(configurationPlugin, { config });
  await app.register(endingPlugin);
  await app.register(requestLogPlugin);
  await app.register(securityHeadersPlugin);
  await app.register(problemsPlugin);
  await app.register(metricsPlugin);
  await app.register(openapiPlugin);
  await app.register(databasePlugin);
  await app.register(errorEventsPlugin);
  await app.register(jobQueuePlugin);
  await app.register(jobWatchPlugin);
  await app.register(muxPlugin);
  await app.register(identityPlugin);
  await app.register(rateLimitsPlugin);
  await app.register(playbackPlugin);
  await app.register(webhookSecretsPlugin);
  await app.register(shareProofsPlugin);
  await app.register(webhookInboxPlugin);
  await app.register(livePlugin);
  await app.register(vitalsPlugin);

  // Open to everybody.
  await app.register(readConfigRoute);
  await app.register(reportHealthRoutes);
  await app.register(reportVitalsRoute);
  await app.register(publishKeysRoute);
  await app.register(publishCheckpointRoute);
  await app.register(publishVerifierKeysRoute);
  await app.register(proveConsistencyRoute);
  await app.register(resolveShareRoute);
  await app.register(provePassphraseRoute);
  await app.register(requestCodeRoute);
  await app.register(verifyCodeRoute);
  await app.register(recordEventsRoute);
  await app.register(recordBrowserConsentRoute);
  await app.register(withdrawBrowserConsentRoute);
  await app.register(exportBrowserConsentsRoute);
  await app.register(eraseBrowserConsentsRoute);
  await app.register(receiveMuxWebhookRoute);
  // A provider that is not configured has no address: whatever is sent there is answered 404 like anything unknown.
  if (config.webhooks.clerkSecrets !== undefined) {
    await app.register(receiveClerkWebhookRoute);
  }
  if (config.webhooks.resendSecrets !== undefined) {
    await app.register(receiveResendWebhookRoute);
  }

  // Behind a session: in this scope no route can forget to authenticate.
  await app.register(async (scope) => {
    scope.addHook('onRequest', app.authenticate);
    await scope.register(requestUploadRoute);
    await scope.register(resumeUploadRoute);
    await scope.register(cancelUploadRoute);
    await scope.register(previewVideoRoute);
    await scope.register(hashPassphraseRoute);
    await scope.register(exportLogRoute);
    await scope.register(exportPlaysRoute);
    await scope.register(exportListRoute);
    await scope.register(rotateKeyRoute);
    await scope.register(readLimitsRoute);
    await scope.register(blockAddressRoute);
    await scope.register(followChangesRoute);
  });

  await app.register(restProxyPlugin);
  await app.register(appPagesPlugin);
  await app.ready();
  return app as unknown as FastifyInstance;
}
