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
    ],
  },
  server: { host: '127.0.0.1', strictPort: true },
  build: {
    target: 'es2022',
    sourcemap: false,
  },
});
