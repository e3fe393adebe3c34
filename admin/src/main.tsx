import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadAhead } from './boot/ahead.ts';
import { Boot } from './boot/boot.tsx';
import { RootBoundary } from './boot/root-boundary.tsx';
import { askForConfig } from './config/runtime.ts';
import { loadLanguage } from './locales/index.ts';
import { isMissingCode, watchMissingCode } from './release/release.ts';
import { applyDensity } from './settings/settings.ts';
import { installCssVariables } from './theme/css-variables.ts';
import './theme/global.css';
import { applyScheme } from './theme/mode.ts';

watchMissingCode();
askForConfig();
installCssVariables();
applyScheme();
applyDensity();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
const page = createRoot(root, {
  // Code that is gone after a release is dealt with where it is missed, and is no error to report.
  onCaughtError: (error) => {
    if (!isMissingCode(error)) globalThis.reportError(error);
  },
});

// Where a language cannot be loaded, English is better than nothing.
void loadLanguage()
  .catch(() => undefined)
  .then(() => {
    loadAhead(globalThis.location.pathname);
    page.render(
      <StrictMode>
        <RootBoundary>
          <Boot />
        </RootBoundary>
      </StrictMode>,
    );
  });

// How fast the page was is measured when it has nothing better to do, and missing when that cannot be loaded.
const whenIdle = globalThis.requestIdleCallback ?? ((run: () => void) => globalThis.setTimeout(run, 2_000));
globalThis.addEventListener('load', () =>
  whenIdle(
    () => void import('./vitals/report-vitals.ts').then(({ reportVitals }) => reportVitals()).catch(() => undefined),
  ),
);
