import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const viewer = fileURLToPath(new URL('../../../../viewer/', import.meta.url));

/** Makes the page fetch the player together with itself, before it asks for anything: what the facade spares a viewer. */
const eagerPlayer: Plugin = {
  name: 'player-loaded-eagerly',
  enforce: 'pre',
  transform: {
    filter: { id: /\/viewer\/src\/facade\.ts$/ },
    handler: (code) => ({ code: `import './player/mount.tsx';\n${code}`, map: null }),
  },
};

/** Builds the viewer from the sources as they are into `folder`. */
export async function buildViewer(folder: string, { isEager }: { isEager: boolean }): Promise<void> {
  await build({
    configFile: `${viewer}vite.config.ts`,
    root: viewer,
    plugins: isEager ? [eagerPlayer] : [],
    build: { outDir: folder, emptyOutDir: true },
    logLevel: 'error',
  });
}
