import { runPlaywright } from './playwright.ts';
import { conclude } from './steps.ts';

process.exit(conclude([await runPlaywright(process.argv.slice(2))]));
