import { useCallback, useEffect, useState } from 'react';
import { StatePage } from '../components/states.tsx';
import { useServices } from '../config/services.ts';
import { text } from '../locales/index.ts';
import { isLosable } from '../uploads/upload-item.ts';
import { askRelease, type ReleaseState, reloadOnce } from './release.ts';

/**
 * In place of a page whose code is not there. After a release the page is loaded anew by itself, once, unless uploads would be
 * lost; without a network it waits for one.
 */
export function MissingCodePage() {
  const { uploads } = useServices();
  const [state, setState] = useState<ReleaseState>();
  const [tries, setTries] = useState(0);
  const tryAgain = useCallback(() => setTries((before) => before + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each try asks again
  useEffect(() => {
    const request = new AbortController();
    void askRelease(request.signal).then((answer) => {
      if (request.signal.aborted) return;
      const isSafe = !uploads.items().some(isLosable);
      // The server has the very code that was missing: the network was away, and is back.
      if (answer !== 'unreachable' && isSafe && reloadOnce()) return;
      setState(answer);
    });
    return () => request.abort();
  }, [uploads, tries]);

  useEffect(() => {
    globalThis.addEventListener('online', tryAgain);
    return () => globalThis.removeEventListener('online', tryAgain);
  }, [tryAgain]);

  if (!state) return <div aria-busy="true" />;
  if (state === 'unreachable') {
    return (
      <StatePage
        kind="offline"
        title={text.release.offlineTitle}
        body={text.release.offlineBody}
        action={{ label: text.actions.tryAgain, onClick: tryAgain }}
      />
    );
  }
  const reload = { label: text.actions.reload, onClick: () => globalThis.location.reload() };
  if (state === 'same') {
    return (
      <StatePage kind="error" title={text.shell.pageFailedTitle} body={text.shell.pageFailedBody} action={reload} />
    );
  }
  return (
    <StatePage
      kind="release"
      title={text.release.title}
      body={uploads.items().some(isLosable) ? text.release.bodyUploads : text.release.body}
      action={reload}
    />
  );
}
