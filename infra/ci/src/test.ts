import { runChecks } from './checks.ts';
import { runFaults } from './faults.ts';
import { say } from './output.ts';
import { runPlaywright } from './playwright.ts';
import { findRedisServer } from './redis.ts';
import { conclude, type Outcome } from './steps.ts';
import { runVitest } from './vitest.ts';

/** Everything: check, unit, integration, faults, e2e. Goes on after a failure, so that one run tells all. */
const outcomes: Outcome[] = [];
say('Check');
outcomes.push(...(await runChecks()));
say('\nUnit tests');
outcomes.push(await runVitest('unit'));
say('\nIntegration tests: real PostgreSQL, PostgREST and HTTP');
if (findRedisServer() === undefined) {
  // Where REDIS_REQUIRED is set (.ci/run) those tests fail instead.
  say('Skipped: the tests of limits shared over Redis, for want of a redis-server. Name one in REDIS_SERVER_PATH.');
  outcomes.push({ name: 'limits shared over Redis (skipped)', passed: 0, failed: 0, failures: [], milliseconds: 0 });
}
outcomes.push(await runVitest('integration'));
// Nothing beside them: what they kill has to be up again within a minute.
say('\nFault tests: every process killed, everything lost, late or twenty times');
outcomes.push(await runFaults());
say('\nBrowser tests: the whole product in Chromium');
outcomes.push(await runPlaywright([]));
process.exit(conclude(outcomes));
