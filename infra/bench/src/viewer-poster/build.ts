import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const viewer = fileURLToPath(new URL('../../../../viewer/', import.meta.url));

/**
 * Makes the page fetch the player together with itself, before it asks for anything: what the facade spares a viewer. What asks for the link
 * comes with the player then, as it would in an app of one script, and no longer stands in the page.
 */
const eagerPlayer: Plugin[] = [
  {
    name: 'player-loaded-eagerly',
    enforce: 'pre',
    transform: {
      filter: { id: /\/viewer\/src\/facade\.ts$/ },
      handler: (code) => ({ code: `import './player/mount.tsx';\nimport './first-request.ts';\n${code}`, map: null }),
    },
  },
  {
    name: 'nothing-asked-before-the-player',
    enforce: 'post',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const without = html.replace(/<script>.*?<\/script>/s, '');
        if (without === html) throw new Error('the page has no script of its own to take out');
        return without;
      },
    },
  },
];

/** Builds the viewer from the sources as they are into `folder`. */
export async function buildViewer(folder: string, { isEager }: { isEager: boolean }): Promise<void> {
  await build({
    configFile: `${viewer}vite.config.ts`,
    root: viewer,
    plugins: isEager ? eagerPlayer : [],
    build: { outDir: folder, emptyOutDir: true },
    logLevel: 'error',
  });
}
