import type { ReactNode } from 'react';
import { Mark } from '../components/mark.tsx';
import { text } from '../locales/index.ts';
import './boot.css';

/** A page that needs neither antd nor data: before the app has started, or when it cannot. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mm-boot">
      <div className="mm-boot-card">
        <div className="mm-brand">
          <Mark size={40} />
          <span>
            {text.brand.name}
            <small>{text.brand.product}</small>
          </span>
        </div>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}

/** What is shown for the moment that the app needs to start. */
export function Splash() {
  return (
    <main className="mm-boot" aria-busy="true">
      <div className="mm-pulse">
        <Mark size={56} />
      </div>
      <span className="mm-visually-hidden" role="status">
        {text.boot.starting}
      </span>
    </main>
  );
}
