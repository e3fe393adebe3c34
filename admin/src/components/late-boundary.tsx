import { Component, type ReactNode } from 'react';
import { announceNewRelease } from '../release/new-release.ts';
import { askRelease, isMissingCode } from '../release/release.ts';

type Props = { children: ReactNode; onUnreachable: () => void };

/**
 * A dialog whose code is gone after a release takes nothing else with it: the page and what is written on it stay, and the notice
 * of the release says what to do. Any other error goes on to the page.
 */
export class LateBoundary extends Component<Props, { error: unknown }> {
  override state = { error: undefined };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    if (!isMissingCode(error)) return;
    void askRelease().then((state) => (state === 'unreachable' ? this.props.onUnreachable() : announceNewRelease()));
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    if (!isMissingCode(error)) throw error;
    return null;
  }
}
