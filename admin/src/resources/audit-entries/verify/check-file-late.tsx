import { lazy, Suspense, useState } from 'react';
import { text } from '../../../locales/index.ts';

const CheckFile = lazy(() => import('./check-file.tsx').then((loaded) => ({ default: loaded.CheckFile })));

/** Opens the check of a file; its code is loaded then. */
export function CheckFileLate() {
  const [wasOpen, setWasOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => currentTarget.open && setWasOpen(true)}>
      <summary>{text.verify.open}</summary>
      {wasOpen ? (
        <Suspense fallback={<p className="mm-quiet">{text.shell.loadingPage}</p>}>
          <CheckFile />
        </Suspense>
      ) : null}
    </details>
  );
}
