import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ErrorState, PageSkeleton } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import './dashboard.css';

export type Figure = {
  name: string;
  value: ReactNode;
  /** A line below: what it is made of, or since when. */
  note?: ReactNode;
  /** The list that the figure counts. */
  to?: string;
  tone?: 'good' | 'warn' | 'bad';
};

/** Figures side by side; each leads to what it counts. */
export function Figures({ label, figures }: { label: string; figures: readonly Figure[] }) {
  return (
    <section aria-label={label}>
      <ul className="mm-tiles">
        {figures.map(({ name, value, note, to, tone }) => (
          <li key={name} className="mm-card mm-tile" data-tone={tone}>
            <h2 className="mm-tile-name">{to ? <Link to={to}>{name}</Link> : name}</h2>
            <p className="mm-tile-value mm-nums">{value}</p>
            {note ? <div className="mm-quiet mm-small">{note}</div> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

type Reading<Row> = { row: Row | undefined; error: unknown; isLoading: boolean; refetch: () => void };

/** Shows what was read, or why it could not be. A later reading that fails leaves the figures of the one before. */
export function Read<Row>({ reading, children }: { reading: Reading<Row>; children: (row: Row) => ReactNode }) {
  const { row, error, isLoading, refetch } = reading;
  if (row) return <div className="mm-stack">{children(row)}</div>;
  if (isLoading) return <PageSkeleton />;
  return (
    <div className="mm-card">
      <ErrorState title={text.dashboard.failed} error={error} onRetry={refetch} />
    </div>
  );
}
