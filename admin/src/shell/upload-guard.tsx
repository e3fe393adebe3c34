import { useEffect, useSyncExternalStore } from 'react';
import { useServices } from '../config/services.ts';
import { text } from '../locales/index.ts';
import { isLosable, type UploadItem } from '../uploads/upload-item.ts';

/** Asks before the page is left while something would be lost, and tells screen readers how uploads get on. */
export function UploadGuard() {
  const { uploads } = useServices();
  const items = useSyncExternalStore(uploads.subscribe, uploads.items);
  const losable = items.some(isLosable);

  useEffect(() => {
    if (!losable) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    globalThis.addEventListener('beforeunload', ask);
    return () => globalThis.removeEventListener('beforeunload', ask);
  }, [losable]);

  // A status is read as a whole by default: then every change of one upload would read out all of them.
  return (
    <div className="mm-visually-hidden" role="status" aria-live="polite" aria-atomic="false">
      {items.filter(isTold).map((item) => (
        <p key={item.id}>{text.upload.announce(item.title, text.upload.state[item.state])}</p>
      ))}
    </div>
  );
}

/** Said once per state; percentages would drown everything else. */
function isTold({ state }: UploadItem): boolean {
  return state !== 'staged' && state !== 'queued' && state !== 'requesting';
}
