import { Component, type ReactNode } from 'react';
import { text } from '../locales/index.ts';
import { isMissingCode, reloadOnce } from '../release/release.ts';
import { PlainPage } from './plain-page.tsx';

/** The last net: code that is gone after a release, or a fault in the frame itself. Loading the page anew mends the first. */
export class RootBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  /** Before anything is on the screen, nothing can be lost by loading it anew. */
  override componentDidCatch(error: unknown): void {
    if (isMissingCode(error)) reloadOnce();
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <PlainPage title={text.shell.pageFailedTitle}>
        <p role="alert">{text.shell.pageFailedBody}</p>
        <button type="button" className="mm-plain-button" onClick={() => globalThis.location.reload()}>
          {text.actions.reload}
        </button>
      </PlainPage>
    );
  }
}
