import { Component, type ReactNode } from 'react';
import { StatePage } from '../components/states.tsx';
import { text } from '../locales/index.ts';

/** A page that breaks, or whose code is gone after a release, does not take the frame with it. */
export class PageBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
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
