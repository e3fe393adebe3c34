import { runChecks } from './checks.ts';
import { conclude } from './steps.ts';

process.exit(conclude(await runChecks()));
