/**
 * The look of the development pages (sign-in, mailbox), in the product's colours: system fonts, two colour schemes, contrast of at least 4.5 : 1 for
 * text in both, and a focus ring that is always visible. No file, font or script is loaded from anywhere.
 */
export const THEME = `
:root {
  color-scheme: light dark;
  --ground: #f5f3ee; --surface: #ffffff; --line: #d8d3c6; --text: #18262a; --quiet: #55625f;
  --accent: #0b5d5a; --accent-soft: #e3efec; --on-accent: #ffffff; --warn-soft: #f8ecd2; --warn: #6b4300;
  --shadow: 0 1px 2px rgb(24 38 42 / 6%), 0 8px 24px rgb(24 38 42 / 6%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0e1517; --surface: #151e21; --line: #2f3d41; --text: #e6edeb; --quiet: #a5b3b0;
    --accent: #58beb3; --accent-soft: #173335; --on-accent: #05201e; --warn-soft: #38290d; --warn: #e6b35a;
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
