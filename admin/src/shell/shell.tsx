import { useIsFetching } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { ConfirmProvider } from '../components/confirm/confirm-provider.tsx';
import { usePhone, useRailRoom } from '../components/list/window-width.ts';
import { PageSkeleton } from '../components/states.tsx';
import { text } from '../locales/index.ts';
import { ReleaseNotice } from '../release/release-notice.tsx';
import { useSettings } from '../settings/settings.ts';
import { StepUpProvider } from '../step-up/step-up-provider.tsx';
import { AccountGate } from './account-gate.tsx';
import { AntdRoot } from './antd-root.tsx';
import { Breadcrumbs, TrailProvider } from './breadcrumbs.tsx';
import { Navigation } from './navigation.tsx';
import { NavigationDrawer } from './navigation-drawer.tsx';
import { OfflineNotice } from './offline-notice.tsx';
import { PageBoundary } from './page-boundary.tsx';
import './shell.css';
import { SheetsProvider } from './sheets/sheets-provider.tsx';
import { Toasts } from './toasts.tsx';
import { Toolbar } from './toolbar.tsx';
import { UploadDock } from './upload-dock.tsx';
import { UploadFollower } from './upload-follower.tsx';
import { UploadGuard } from './upload-guard.tsx';
import { useShortcuts } from './use-shortcuts.ts';

/** The frame around every page of the signed-in: navigation, header, content. */
export default function Shell() {
  return (
    <AntdRoot>
      <ConfirmProvider>
        <AccountGate>
          <StepUpProvider>
            <TrailProvider>
              <SheetsProvider>
                <Frame />
              </SheetsProvider>
            </TrailProvider>
          </StepUpProvider>
        </AccountGate>
      </ConfirmProvider>
      <Toasts />
    </AntdRoot>
  );
}

const collapsedKey = 'mm.rail-collapsed';

/**
 * Where there is room for both, as it was left. Where there is not, folded whenever one comes there: opened for a look, it takes the room
 * that the lists need.
 */
function useCollapsed(): readonly [boolean, () => void] {
  const hasRoom = useRailRoom();
  const [left, setLeft] = useState(() => globalThis.localStorage.getItem(collapsedKey) === '1');
  const [isOpened, setOpened] = useState(false);
  if (hasRoom && isOpened) setOpened(false);
  if (!hasRoom) return [!isOpened, () => setOpened(!isOpened)];
  const toggle = () => {
    globalThis.localStorage.setItem(collapsedKey, left ? '0' : '1');
    setLeft(!left);
  };
  return [left, toggle];
}

function Frame() {
  const [collapsed, toggle] = useCollapsed();
  const { pathname } = useLocation();
  const { timeZone } = useSettings();
  const phone = usePhone();
  useShortcuts();

  // A new page begins at its top, as pages do.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what it reacts to
  useEffect(() => {
    globalThis.scrollTo(0, 0);
  }, [pathname]);

  return (
    <div className="mm-shell" data-collapsed={!phone && collapsed}>
      <a className="mm-skip" href="#content">
        {text.shell.skip}
      </a>
      {phone ? null : <Navigation collapsed={collapsed} onToggle={toggle} />}
      <div className="mm-stage">
        <header className="mm-header">
          {phone ? <NavigationDrawer /> : null}
          <Breadcrumbs />
          <Toolbar />
          <Activity />
        </header>
        <OfflineNotice />
        <ReleaseNotice />
        <main id="content" className="mm-content" tabIndex={-1}>
          <PageBoundary key={`${pathname} ${timeZone}`}>
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          </PageBoundary>
        </main>
      </div>
      <UploadDock />
      <UploadFollower />
      <UploadGuard />
    </div>
  );
}

/** A hairline under the header while something is being read. */
function Activity() {
  const reading = useIsFetching() > 0;
  return <div className="mm-activity" data-on={reading} aria-hidden="true" />;
}
