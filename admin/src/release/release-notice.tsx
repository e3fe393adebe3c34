import { useSyncExternalStore } from 'react';
import { text } from '../locales/index.ts';
import { isReleaseNewer, subscribeToRelease } from './new-release.ts';

/** Says that there is a newer release. Nothing is loaded by itself: what somebody is writing stays theirs. */
export function ReleaseNotice() {
  const isNewer = useSyncExternalStore(subscribeToRelease, isReleaseNewer);
  return (
    <div role="status" className="mm-release" hidden={!isNewer}>
      {isNewer ? (
        <>
          {text.release.notice}{' '}
          <button type="button" className="mm-link-button" onClick={() => globalThis.location.reload()}>
            {text.actions.reload}
          </button>
        </>
      ) : null}
    </div>
  );
}
