import type { Plugin } from 'vite';

/**
 * Parts of the vendor's player that this page never shows: a live stream, devices that would fetch the stream by themselves and
 * stop when its token dies (Cast, AirPlay), a choice of audio tracks, a loop, chapters, a poster (the page has it), the vendor's
 * context menu and error dialog (a stream that fails leaves the player, and the page says so), and its list of keys, which is wider than a phone and in its own words (`help/keyboard.ts` is ours). They are
 * left out of the bundle (VW-08). The player's template still names their elements, which take no room.
 */
const parts = [
  'airplay-button',
  'audio-track-menu',
  'audio-track-menu-button',
  'cast-button',
  'chrome-dialog',
  'context-menu',
  'context-menu-item',
  'error-dialog',
  'keyboard-shortcuts-dialog',
  'live-button',
  'loop-button',
  'poster-image',
  'preview-chapter-display',
];
const controls = new RegExp(`/media-chrome/dist/(?:menu/)?media-(${parts.join('|')})\\.js$`);

/** `media-cast-button` → `MediaCastButton`, the name under which the vendor exports it. */
const className = (name: string) =>
  `Media${name.replace(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase())}`;

/** What the parts that stay ask of those that go: the name of a key to switch off, and the words of an error. */
const stand = (name: string): string => {
  if (name === 'MediaErrorDialog') return `const ${name} = { formatErrorMessage: () => '' }`;
  const getHotkeyToken = "export const getHotkeyToken = (key) => (key === ' ' ? 'nospace' : 'no' + key.toLowerCase())";
  return name === 'MediaKeyboardShortcutsDialog'
    ? `${getHotkeyToken}; const ${name} = undefined`
    : `const ${name} = undefined`;
};

export function withoutUnusedControls(): Plugin {
  return {
    name: 'vendor-controls-left-out',
    apply: 'build',
    load: {
      filter: { id: controls },
      handler(id) {
        const name = className(controls.exec(id)?.[1] ?? '');
        const tag = `media-${controls.exec(id)?.[1]}`;
        return `${stand(name)}; export { ${name} }; export default ${name};
customElements.define('${tag}', class extends HTMLElement { connectedCallback() { this.style.display = 'none'; } });`;
      },
    },
  };
}

/**
 * Vite wraps each `import()` so that stylesheets and shared chunks of what it imports are fetched beside it. No script that is
 * fetched later has either, so the page before the poster is spared the 1.3 kB.
 */
export function plainImports(): Plugin {
  return {
    name: 'plain-dynamic-imports',
    apply: 'build',
    enforce: 'pre',
    load: {
      filter: { id: /vite\/preload-helper/ },
      handler: () => 'export const __vitePreload = (load) => load();',
    },
  };
}
