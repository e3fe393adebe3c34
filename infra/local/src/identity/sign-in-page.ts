import { html, type Markup } from '../page/html.ts';
import { THEME } from '../page/theme.ts';
import type { Persona } from './personas.ts';

const ROLES: Record<Persona['role'], string> = {
  coach: 'Coach',
  admin: 'Admin',
  compliance: 'Compliance',
  operator: 'Operator',
  auditor: 'Auditor',
};

export const SIGN_IN_CSS = `${THEME}
.brand { color: var(--accent); font-weight: 650; margin: 0 0 .25rem; }
.people { list-style: none; margin: 1.5rem 0; padding: 0; display: grid; gap: .9rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17.5rem), 1fr)); }
.people form { height: 100%; }
.person {
  display: grid; grid-template-columns: auto 1fr; gap: .15rem .85rem; align-content: start; width: 100%; height: 100%; text-align: left;
  background: var(--surface); border: 1px solid var(--line); border-radius: .9rem; padding: 1rem; box-shadow: var(--shadow);
}
.person:hover { border-color: var(--accent); }
.person:focus-visible { border-radius: .9rem; }
.face {
  grid-row: span 2; width: 2.75rem; height: 2.75rem; border-radius: 50%; display: grid; place-items: center;
  background: var(--accent-soft); color: var(--accent); font-weight: 650; letter-spacing: .02em;
}
.name { font-weight: 650; font-size: 1.05rem; line-height: 1.3; }
.role { color: var(--quiet); font-size: .9rem; }
.may { grid-column: 1 / -1; margin-top: .6rem; font-size: .92rem; color: var(--text); }
.current { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; background: var(--surface); border: 1px solid var(--line); border-radius: .9rem; padding: .85rem 1rem; margin: 1.25rem 0 0; }
.current p { margin: 0; flex: 1 1 14rem; }
.current form { display: inline; }
`;

export type SignInPage = {
  personas: readonly Persona[];
  returnTo: string;
  /** Who is signed in on this browser at present. */
  current?: Persona | undefined;
};

/** The sign-in page: one button per person. Plain forms, so that it works by keyboard and without a script. */
export function signInPage({ personas, returnTo, current }: SignInPage): Markup {
  return html`<main>
<p class="brand">Motion Mavericks</p>
<h1>Sign in to the back office</h1>
<p class="quiet">Choose who you want to be. Each person sees what their role allows, and nothing else.</p>
<p class="notice">Development sign-in: no passwords, invented people. It refuses to run in production, where Clerk signs people in.</p>
${current ? signedInNow(current, returnTo) : null}
<ul class="people">
${personas.map((persona) => card(persona, returnTo))}
</ul>
</main>`;
}

function signedInNow(current: Persona, returnTo: string): Markup {
  return html`<section class="current" aria-label="Signed in now">
<p>You are signed in as <strong>${current.name}</strong> (${ROLES[current.role].toLowerCase()}).</p>
<a class="button primary" href="${returnTo}">Continue as ${current.name}</a>
<form method="post" action="/v1/sign-out"><input type="hidden" name="return_to" value="${returnTo}"><button class="button">Sign out</button></form>
</section>`;
}

function card(persona: Persona, returnTo: string): Markup {
  const initials = persona.name
    .split(' ')
    .map((part) => part.charAt(0))
    .join('');
  return html`<li><form method="post" action="/sign-in">
<input type="hidden" name="return_to" value="${returnTo}">
<input type="hidden" name="persona" value="${persona.subject}">
<button class="person">
<span class="face" aria-hidden="true">${initials}</span>
<span class="name">${persona.name}</span>
<span class="role">${ROLES[persona.role]}</span>
<span class="may">${persona.may}</span>
</button>
</form></li>
`;
}

/** Shown when a request to sign in cannot be carried out; says what is wrong and what to do. */
export function refusalPage(title: string, explanation: string): Markup {
  return html`<main>
<h1>${title}</h1>
<p>${explanation}</p>
<p><a class="button" href="/sign-in">Go to the sign-in page</a></p>
</main>`;
}
