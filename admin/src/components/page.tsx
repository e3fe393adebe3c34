import { type ReactNode, useEffect } from 'react';
import { text } from '../locales/index.ts';
import './page.css';

export type PageProps = {
  title: string;
  lead?: ReactNode;
  aside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
};

/** Heading, what the page is for, and what one can do on it. */
export function Page({ title, lead, aside, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · ${text.brand.name}`;
  }, [title]);
  return (
    <>
      <div className="mm-page-head">
        <div className="mm-page-words">
          <div className="mm-page-title">
            <h1>{title}</h1>
            {aside}
          </div>
          {lead ? <div className="mm-quiet">{lead}</div> : null}
        </div>
        {actions ? <div className="mm-page-actions">{actions}</div> : null}
      </div>
      {children}
    </>
  );
}

/** A titled part of a page. */
export function Panel({ title, extra, children, flush = false }: PanelProps) {
  return (
    <section className="mm-card mm-panel" aria-label={title}>
      <div className="mm-panel-head">
        <h2>{title}</h2>
        {extra}
      </div>
      <div className={flush ? 'mm-panel-flush' : 'mm-panel-body'}>{children}</div>
    </section>
  );
}
type PanelProps = { title: string; extra?: ReactNode; children: ReactNode; flush?: boolean };

/** Names and values. */
export function Facts({ items }: { items: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="mm-facts">
      {items.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
