import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { LateBoundary } from '../../components/late-boundary.tsx';
import { useServices } from '../../config/services.ts';
import { text } from '../../locales/index.ts';
import { type SheetName, SheetsContextProvider } from './sheets.ts';

const loaded = {
  palette: lazy(() => import('../palette/palette.tsx')),
  keys: lazy(() => import('./keys-sheet.tsx')),
  preferences: lazy(() => import('./preferences-sheet.tsx')),
};

/** Shows the command palette, the keys and the preferences; their code comes when they do. */
export function SheetsProvider({ children }: { children: ReactNode }) {
  const { notifications } = useServices();
  const [shown, setShown] = useState<SheetName>();
  const sheets = useMemo(
    () => ({ shown, open: (name: SheetName) => setShown(name), close: () => setShown(undefined) }),
    [shown],
  );
  const Shown = shown ? loaded[shown] : undefined;
  const tellUnreachable = () => {
    setShown(undefined);
    notifications.provider.open({ key: 'sheet', type: 'error', message: text.problems.offline });
  };
  return (
    <SheetsContextProvider value={sheets}>
      {children}
      {Shown ? (
        <LateBoundary key={shown} onUnreachable={tellUnreachable}>
          <Suspense>
            <Shown />
          </Suspense>
        </LateBoundary>
      ) : null}
    </SheetsContextProvider>
  );
}
