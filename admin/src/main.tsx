import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Boot } from './boot/boot.tsx';
import { RootBoundary } from './boot/root-boundary.tsx';
import { loadLanguage } from './locales/index.ts';
import { isMissingCode, watchMissingCode } from './release/release.ts';
import { applyDensity } from './settings/settings.ts';
import { installCssVariables } from './theme/css-variables.ts';
import './theme/global.css';
import { applyScheme } from './theme/mode.ts';

watchMissingCode();
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
  .then(() =>
    page.render(
      <StrictMode>
        <RootBoundary>
          <Boot />
        </RootBoundary>
      </StrictMode>,
    ),
  );
