import { lazy, Suspense, useSyncExternalStore } from 'react';
import { Link, useLocation } from 'react-router';
import { useServices } from '../config/services.ts';
import { text } from '../locales/index.ts';
import { isBusy } from '../uploads/upload-item.ts';
import './upload-dock.css';

const OverallProgress = lazy(() => import('../resources/videos/overall-progress.tsx'));

/** Uploads go on while one walks about; this says so from anywhere but the page that shows them. */
export function UploadDock() {
  const { uploads } = useServices();
  const { pathname } = useLocation();
  const items = useSyncExternalStore(uploads.subscribe, uploads.items);
  if (pathname === '/videos' || !items.some(isBusy)) return null;
  return (
    <aside className="mm-card mm-upload-dock" aria-label={text.upload.dock}>
      <Suspense>
        <OverallProgress items={items} queue={uploads} />
      </Suspense>
      <Link to="/videos">{text.upload.show}</Link>
    </aside>
  );
}
