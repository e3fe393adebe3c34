import type { FastifyRequest, preParsingHookHandler } from 'fastify';
import fp from 'fastify-plugin';
import { repeat } from '../../jobs/repeating-task.ts';
import { addressHasher } from '../../playback/viewer-fingerprint.ts';
import { problemOf } from '../../problems/problem-error.ts';
import { AddressBlocks } from '../../rate-limits/address-blocks.ts';
import { bucketsInProcess, bucketsInRedis } from '../../rate-limits/buckets.ts';
import { limitHeaders, retryAfterSeconds } from '../../rate-limits/headers.ts';
import { HitCounter } from '../../rate-limits/hit-counter.ts';
import { insuredBuckets } from '../../rate-limits/insured-buckets.ts';
import { LimitTelemetry } from '../../rate-limits/limit-telemetry.ts';
import { RateLimiter } from '../../rate-limits/limiter.ts';
import { connectRedis } from '../../rate-limits/redis-connection.ts';
import { observeRedis } from '../../rate-limits/redis-gauges.ts';
import type { LimitName, LimitRules } from '../../rate-limits/rules.ts';
import type { Asker } from '../../rate-limits/subjects.ts';
import { toProblemError } from './problems.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The limits that the route is under (`rate-limits/rules.ts`), the one that refuses most first. */
    readonly limits?: readonly LimitName[];
  }
  interface FastifyInstance {
    /** What the limits are, for staff. */
    readonly rateLimits: {
      readonly rules: LimitRules;
      /** The routes under each rule, such as `POST /api/uploads`. */
      readonly routes: ReadonlyMap<LimitName, readonly string[]>;
      readonly store: 'process' | 'redis';
      readonly isStoreUp: () => boolean;
    };
  }
  interface FastifyRequest {
    /** Keyed hash of the caller's address, behind exactly so many proxies as are trusted. */
    readonly addressHash: Buffer;
  }
}

/**
 * Milliseconds between two looks at the blocked addresses. A look that fails by its time limits takes 15 seconds, so that a block is heeded
 * within 30 seconds of its commit wherever the database answers at all.
 */
const lookPauseMs = 10_000;

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
      observeRedis(app.telemetry.registry, redis);
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
    const hits = new HitCounter(app.database, (error) =>
      app.log.warn({ err: error }, 'requests over a limit could not be counted in the database'),
    );
    const limiter = new RateLimiter({
      rules,
      buckets,
      secret: addressHashKey,
      onAsked: ({ name, rule }, over, { addressHash }) => {
        telemetry.count(name, rule.mode, over);
        if (over) {
          hits.count(name, rule.mode, addressHash);
        }
      },
    });

    const blocks = new AddressBlocks(app.database);
    // Not before it listens: until then there is nobody to shut out.
    app.addHook('onListen', async () => {
      const looking = repeat(
        () => blocks.look(),
        lookPauseMs,
        (error) => app.log.warn({ err: error }, 'the blocked addresses could not be read; those known before stay'),
      );
      ending.push(() => looking.stop());
    });
    const ending: (() => Promise<void>)[] = [() => hits.close()];
    app.addHook('onClose', async () => {
      await Promise.all(ending.map((end) => end()));
    });

    const hashOf = addressHasher(addressHashKey);
    app.decorateRequest('addressHash', {
      getter() {
        return hashOf((this as FastifyRequest).ip);
      },
    });
    const askerOf = (request: FastifyRequest): Asker => ({
      addressHash: request.addressHash,
      publicId: publicIdOf(request),
      account: typeof request.caller?.claims.sub === 'string' ? request.caller.claims.sub : undefined,
    });

    const routes = new Map<LimitName, readonly string[]>();
    app.decorate('rateLimits', {
      rules,
      routes,
      store: redisUrl === undefined ? 'process' : 'redis',
      isStoreUp: () => isStoreUp(),
    });
    app.addHook('onRoute', (route) => {
      const names = route.config?.limits;
      if (names === undefined) {
        return;
      }
      for (const name of names) {
        routes.set(name, [...(routes.get(name) ?? []), `${[route.method].flat().join(', ')} ${route.url}`]);
      }
      const check: preParsingHookHandler = async (request, reply) => {
        if (blocks.isBlocked(request.addressHash)) {
          telemetry.countBlocked();
          throw problemOf('address.blocked');
        }
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
  { name: 'rate-limits', dependencies: ['configuration', 'database', 'identity', 'metrics', 'problems'] },
);
