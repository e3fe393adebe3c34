import type { FastifyRequest, preParsingHookHandler } from 'fastify';
import fp from 'fastify-plugin';
import { hashAddress } from '../../playback/viewer-fingerprint.ts';
import { problemOf } from '../../problems/problem-error.ts';
import { bucketsInProcess, bucketsInRedis } from '../../rate-limits/buckets.ts';
import { limitHeaders, retryAfterSeconds } from '../../rate-limits/headers.ts';
import { insuredBuckets } from '../../rate-limits/insured-buckets.ts';
import { LimitTelemetry } from '../../rate-limits/limit-telemetry.ts';
import { RateLimiter } from '../../rate-limits/limiter.ts';
import { connectRedis } from '../../rate-limits/redis-connection.ts';
import type { LimitName } from '../../rate-limits/rules.ts';
import type { Asker } from '../../rate-limits/subjects.ts';
import { toProblemError } from './problems.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The limits that the route is under (`rate-limits/rules.ts`), the one that refuses most first. */
    readonly limits?: readonly LimitName[];
  }
  interface FastifyRequest {
    /** Keyed hash of the caller's address, behind exactly so many proxies as are trusted. */
    readonly addressHash: Buffer;
  }
}

function publicIdOf({ params }: FastifyRequest): string | undefined {
  return typeof params === 'object' && params !== null && 'publicId' in params ? String(params.publicId) : undefined;
}

/**
 * The limits of routes (RL-01 to RL-06): `config: { limits: ['playback'] }` is all that a route says. Asked after the caller is known and
 * before the body is read. Counted in Redis where `REDIS_URL` names one, else in this process; also while Redis does not answer.
 */
export const rateLimitsPlugin = fp(
  async (app) => {
    const { addressHashKey, limits } = app.config;
    const { rules, redisUrl } = limits;
    const telemetry = new LimitTelemetry(app.telemetry.registry, rules);
    const own = bucketsInProcess(rules);
    let buckets = own;
    let isStoreUp = () => true;
    if (redisUrl !== undefined) {
      const redis = connectRedis(redisUrl, (error) =>
        app.log.error({ err: error }, 'Redis is away; requests are counted in this process alone'),
      );
      isStoreUp = () => redis.status === 'ready';
      buckets = insuredBuckets({
        shared: bucketsInRedis(rules, redis),
        own,
        onLoss: () => telemetry.countLoss(),
        onAsked: (seconds) => telemetry.observeSeconds(seconds),
        now: () => performance.now(),
      });
      app.addHook('onClose', async () => redis.disconnect());
    }
    telemetry.observeStore(app.telemetry.registry, isStoreUp);
    const limiter = new RateLimiter({
      rules,
      buckets,
      secret: addressHashKey,
      onAsked: ({ name, rule }, over) => telemetry.count(name, rule.mode, over),
    });

    const hashes = new WeakMap<FastifyRequest, Buffer>();
    app.decorateRequest('addressHash', {
      getter() {
        const request = this as FastifyRequest;
        const hash = hashes.get(request) ?? hashAddress(request.ip, addressHashKey);
        hashes.set(request, hash);
        return hash;
      },
    });
    const askerOf = (request: FastifyRequest): Asker => ({
      addressHash: request.addressHash,
      publicId: publicIdOf(request),
      account: typeof request.caller?.claims.sub === 'string' ? request.caller.claims.sub : undefined,
    });

    app.addHook('onRoute', (route) => {
      const names = route.config?.limits;
      if (names === undefined) {
        return;
      }
      const check: preParsingHookHandler = async (request, reply) => {
        const { refusal, told } = await limiter.check(names, askerOf(request));
        if (told !== undefined) {
          reply.headers(limitHeaders(told));
        }
        if (refusal !== undefined) {
          request.log.info({ rule: refusal.take.name }, 'request over its limit');
          throw problemOf('request.throttled', { retryAfterSeconds: retryAfterSeconds(refusal) });
        }
      };
      route.preParsing = [check, ...[route.preParsing ?? []].flat()];
      const countRefusal = async (request: FastifyRequest, _reply: unknown, error: unknown) => {
        const { code } = toProblemError(error);
        // Not waited for: the answer goes out meanwhile, and what the same connection asks next comes to the store after this.
        limiter.countRefusal(names, askerOf(request), code).catch((cause: unknown) => app.log.warn({ err: cause }));
      };
      route.onError = [countRefusal, ...[route.onError ?? []].flat()];
    });
  },
  { name: 'rate-limits', dependencies: ['configuration', 'identity', 'metrics', 'problems'] },
);
