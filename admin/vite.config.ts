import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The libraries that hardly ever change, so that a release of ours does not make everybody load them again. The player and
 * the upload library stay with the pages that use them.
 */
const vendors: Record<string, RegExp> = {
  react: /[\\/](react|react-dom|scheduler|react-router)[\\/]/,
  antd: /[\\/](antd|@ant-design|@rc-component|rc-[a-z-]+|dayjs)[\\/]/,
  refine: /[\\/](@refinedev|@tanstack|lodash|lodash-es|papaparse|qs|pluralize|@supabase)[\\/]/,
};

export default defineConfig({
  base: '/admin/',
  plugins: [react()],
  resolve: {
    alias: {
      // The player would load Google's cast script from another origin whether or not anybody casts.
      'castable-video/castable-mixin.js': file('./src/player/no-cast.ts'),
    },
  },
  server: { host: '127.0.0.1', strictPort: true },
  build: {
    target: 'es2022',
    sourcemap: false,
    rolldownOptions: {
      output: {
        advancedChunks: {
          groups: Object.entries(vendors).map(([name, pattern]) => ({
            name,
            test: (id: string) => id.includes('node_modules') && pattern.test(id.slice(id.lastIndexOf('node_modules'))),
          })),
        },
      },
    },
  },
});
