import { checkViewerSize, runPlaywright } from './playwright.ts';
import { conclude } from './steps.ts';

const browser = await runPlaywright(process.argv.slice(2));
process.exit(conclude([browser, await checkViewerSize()]));
