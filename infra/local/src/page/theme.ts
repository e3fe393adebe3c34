/**
 * The look of the development pages (sign-in, mailbox): system fonts, two colour schemes, contrast of at least 4.5 : 1 for
 * text in both, and a focus ring that is always visible. No file, font or script is loaded from anywhere.
 */
export const THEME = `
:root {
  color-scheme: light dark;
  --ground: #f4f5f8; --surface: #ffffff; --line: #d5d9e3; --text: #171a23; --quiet: #545c70;
  --accent: #3b42c4; --accent-soft: #eceefd; --on-accent: #ffffff; --warn-soft: #fdf3da; --warn: #6d4c00; --bad: #a3202b;
  --shadow: 0 1px 2px rgb(23 26 35 / 6%), 0 8px 24px rgb(23 26 35 / 6%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10121a; --surface: #191c27; --line: #333a4d; --text: #eceef6; --quiet: #a5adc2;
    --accent: #a9b1ff; --accent-soft: #242a4a; --on-accent: #10121a; --warn-soft: #332a12; --warn: #f2cf7a; --bad: #ff9aa2;
    --shadow: 0 1px 2px rgb(0 0 0 / 40%);
  }
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; background: var(--ground); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .35rem; letter-spacing: -.01em; }
p { margin: 0 0 1rem; }
a { color: var(--accent); text-underline-offset: .18em; }
.quiet { color: var(--quiet); }
.notice { background: var(--warn-soft); color: var(--warn); border-radius: .6rem; padding: .6rem .85rem; font-size: .9rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .35rem; }
button { font: inherit; color: inherit; cursor: pointer; }
.button {
  display: inline-block; background: var(--surface); border: 1px solid var(--line); border-radius: .5rem; padding: .45rem .9rem;
  color: var(--text); text-decoration: none;
}
.button:hover { border-color: var(--accent); }
.button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
