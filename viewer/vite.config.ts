import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { inlinedOpening } from './build/inlined-opening.ts';
import { plainImports, withoutUnusedControls } from './build/left-out.ts';
import { precompressed } from './build/precompressed.ts';
import { withoutIndentation } from './build/without-indentation.ts';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Out come the page with the script that asks for the link, the facade, and what is fetched when it is needed, the player on intent.
 * No React plugin: it would put an inline script into the page while developing, which the CSP forbids; the JSX needs none.
 */
export default defineConfig({
  root: file('.'),
  base: '/viewer-assets/',
  plugins: [plainImports(), withoutUnusedControls(), withoutIndentation(), inlinedOpening(), precompressed()],
  resolve: {
    dedupe: ['react', 'react-dom'],
    alias: [
      { find: /^castable-video\/castable-mixin(\.js)?$/, replacement: file('./src/player/castable-identity.ts') },
      { find: /^mux-embed$/, replacement: file('./src/player/mux-embed-off.ts') },
      // Plays what we serve: H.264 and AAC in one variant each, no DRM. Captions are added by `player/captions.ts`.
      { find: /^hls\.js$/, replacement: 'hls.js/light' },
    ],
  },
  build: {
    target: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  server: { strictPort: true, host: '127.0.0.1' },
});
