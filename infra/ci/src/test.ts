import { runChecks } from './checks.ts';
import { say } from './output.ts';
import { checkViewerSize, runPlaywright } from './playwright.ts';
import { conclude, type Outcome } from './steps.ts';
import { runVitest } from './vitest.ts';

/** Everything: check, unit, integration, e2e. Goes on after a failure, so that one run tells all. */
const outcomes: Outcome[] = [];
say('Check');
outcomes.push(...(await runChecks()));
say('\nUnit tests');
outcomes.push(await runVitest('unit'));
say('\nIntegration tests: real PostgreSQL, PostgREST and HTTP');
outcomes.push(await runVitest('integration'));
say('\nBrowser tests: the whole product in Chromium');
outcomes.push(await runPlaywright([]));
outcomes.push(await checkViewerSize());
process.exit(conclude(outcomes));
