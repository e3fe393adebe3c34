import { html, type Markup } from '../page/html.ts';
import { THEME } from '../page/theme.ts';

export const MAILBOX_CSS = `${THEME}
nav { display: flex; gap: .5rem; margin: 0 0 1.5rem; flex-wrap: wrap; }
nav a[aria-current] { background: var(--accent-soft); border-color: transparent; color: var(--accent); }
.empty { background: var(--surface); border: 1px dashed var(--line); border-radius: .9rem; padding: 2rem 1rem; text-align: center; color: var(--quiet); }
.list { list-style: none; margin: 1.25rem 0 0; padding: 0; background: var(--surface); border: 1px solid var(--line); border-radius: .9rem; overflow: hidden; }
.list > li + li { border-top: 1px solid var(--line); }
.mail { display: block; padding: .8rem 1rem; color: inherit; text-decoration: none; }
.mail:hover { background: var(--accent-soft); }
.mail:focus-visible { outline-offset: -3px; }
.line { display: flex; flex-wrap: wrap; gap: .25rem .75rem; justify-content: space-between; font-size: .9rem; color: var(--quiet); }
.subject { font-weight: 600; overflow-wrap: anywhere; }
.message { padding: .8rem 1rem; }
.text { margin: .25rem 0 .5rem; white-space: pre-wrap; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 1rem 0; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 32rem; border: 1px solid var(--line); border-radius: .6rem; background: #ffffff; }
pre { overflow: auto; background: var(--surface); border: 1px solid var(--line); border-radius: .6rem; padding: .75rem; font-size: .85rem; white-space: pre-wrap; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
`;

export function navigation(current: 'mail' | 'slack'): Markup {
  const item = (href: string, label: string, isCurrent: boolean) =>
    html`<a class="button" href="${href}"${isCurrent ? html` aria-current="page"` : null}>${label}</a>`;
  return html`<nav aria-label="Mailbox">${item('/', 'Mail', current === 'mail')}${item('/slack', 'Slack', current === 'slack')}</nav>`;
}

const FORMAT = new Intl.DateTimeFormat('en-AU', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });

/** A moment for people and for programs; the page runs no script, so the zone is UTC and says so. */
export function when(iso: string): Markup {
  return html`<time datetime="${iso}">${FORMAT.format(new Date(iso))} UTC</time>`;
}
