import { Moment } from '../../components/moment.tsx';
import { Facts } from '../../components/page.tsx';
import { text } from '../../locales/index.ts';
import type { AlertRow } from './answers.ts';

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What is known of an alert, where it is written what to do, and who did what. */
export function AlertDetails({ alert }: { alert: AlertRow }) {
  const words = text.alerts.details;
  return (
    <Facts
      items={[
        [words.key, <code key="k">{alert.key}</code>],
        ...(alert.runbook ? ([[text.runbook, <code key="b">{alert.runbook}</code>]] as const) : []),
        [words.lastRaised, <Moment key="l" at={alert.last_raised_at} />],
        ...(alert.escalated_at ? ([[words.escalated, <Moment key="e" at={alert.escalated_at} />]] as const) : []),
        ...Object.entries(alert.details).map(
          ([name, value]) => [name, <code key={name}>{shown(value)}</code>] as const,
        ),
        ...(alert.acknowledged_at
          ? ([[words.acknowledged, <Note key="a" at={alert.acknowledged_at} note={alert.acknowledge_note} />]] as const)
          : []),
        ...(alert.resolved_at
          ? ([[words.resolved, <Note key="r" at={alert.resolved_at} note={alert.resolve_note} />]] as const)
          : []),
      ]}
    />
  );
}

function Note({ at, note }: { at: string; note: string | null }) {
  return (
    <>
      <Moment at={at} inline />
      <div>{note ?? text.alerts.byItself}</div>
    </>
  );
}
