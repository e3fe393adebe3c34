import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: '/admin/',
  plugins: [react()],
  resolve: {
    alias: [
      // The player would load Google's cast script from another origin whether or not anybody casts.
      { find: 'castable-video/castable-mixin.js', replacement: file('./src/player/no-cast.ts') },
      // Plays what is served here: H.264 and AAC in one variant each, no DRM. A quarter of the player less to load.
      { find: /^hls\.js$/, replacement: 'hls.js/light' },
      // What Refine brings along and nobody here calls: 20 kB of the way to the sign-in page.
      { find: /^papaparse$/, replacement: file('./src/refine/no-csv.ts') },
      { find: /^error-stack-parser$/, replacement: file('./src/refine/no-trace.ts') },
      { find: /^qs$/, replacement: file('./src/refine/flat-query.ts') },
    ],
  },
  server: { host: '127.0.0.1', strictPort: true },
  build: {
    target: 'es2022',
    sourcemap: false,
  },
});
