import { Component, type ReactNode } from 'react';
import { StatePage } from '../components/states.tsx';
import { text } from '../locales/index.ts';
import { MissingCodePage } from '../release/missing-code-page.tsx';
import { isMissingCode } from '../release/release.ts';

/** A page that breaks, or whose code is gone after a release, does not take the frame with it. */
export class PageBoundary extends Component<{ children: ReactNode }, { error: unknown; broken: boolean }> {
  override state = { error: undefined, broken: false };

  static getDerivedStateFromError(error: unknown): { error: unknown; broken: boolean } {
    return { error, broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    if (isMissingCode(this.state.error)) return <MissingCodePage />;
    return (
      <StatePage
        kind="error"
        title={text.shell.pageFailedTitle}
        body={text.shell.pageFailedBody}
        action={{ label: text.actions.reload, onClick: () => globalThis.location.reload() }}
      />
    );
  }
}
