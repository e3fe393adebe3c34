import { fileURLToPath } from 'node:url';
import { build, type IndexHtmlTransformContext, type Plugin } from 'vite';

const tag = /[ \t]*<script type="module" src="\/src\/first-request\.ts"><\/script>\n/;
/** A classic script runs where it stands, before the body is read; the facade is a module, which runs when the page was read. */
const facade = /[ \t]*<script type="module" crossorigin src=[^>]*><\/script>\n/;
const source = fileURLToPath(new URL('../src/first-request.ts', import.meta.url));

/** The script that asks for the link, as one piece that imports nothing. */
async function firstRequest(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: ['chrome123', 'firefox120', 'safari17.5'],
      modulePreload: false,
      rolldownOptions: { input: source, output: { format: 'iife' } },
    },
  });
  const [output, ...others] = [built].flat();
  const [chunk, ...more] = output !== undefined && 'output' in output ? output.output : [];
  if (
    chunk?.type !== 'chunk' ||
    others.length + more.length > 0 ||
    chunk.imports.length + chunk.dynamicImports.length > 0
  )
    throw new Error('src/first-request.ts must become one script that imports nothing');
  const code = chunk.code.trim();
  if (/<\/script|<!--/i.test(code)) throw new Error('src/first-request.ts would end the element that it is put into');
  return code;
}

/** Takes the page's one stylesheet out of the build, and answers what it holds. */
function stylesheet({ bundle = {} }: IndexHtmlTransformContext): { name: string; text: string } {
  const [sheet, ...others] = Object.values(bundle).filter(({ fileName }) => fileName.endsWith('.css'));
  if (sheet?.type !== 'asset' || others.length > 0) throw new Error('the page has one stylesheet');
  delete bundle[sheet.fileName];
  return { name: sheet.fileName, text: String(sheet.source).trim() };
}

/**
 * Puts into the page what its poster waits for: the script that asks for the link, and the styles. So the question goes out as soon as the
 * page is there, and no file has to be fetched before the poster (VW-08). Whoever serves the page allows this one script by its hash
 * (api/src/inline-scripts.ts); while developing, Vite serves both as files.
 */
export function inlinedOpening(): Plugin[] {
  return [
    {
      name: 'opening-apart',
      apply: 'build',
      // Vite would make one script of the two.
      transformIndexHtml: { order: 'pre', handler: (html) => html.replace(tag, '') },
    },
    {
      name: 'opening-inlined',
      apply: 'build',
      transformIndexHtml: {
        order: 'post',
        async handler(html, context) {
          const { name, text } = stylesheet(context);
          const link = new RegExp(`[ \\t]*<link rel="stylesheet"[^>]*${name}">\\n`);
          const script = await firstRequest();
          if (!link.test(html) || !facade.test(html)) throw new Error(`the page has no facade, or no link to ${name}`);
          return (
            html
              // Fetched and drawn before the poster otherwise; `facade.ts` puts it in its place.
              .replace(/(<link rel="icon") href="([^"]+)"/, '$1 href="data:," data-later="$2"')
              .replace(link, () => `    <style>${text}</style>\n`)
              .replace(facade, (tag) => `    <script>${script}</script>\n${tag}`)
          );
        },
      },
    },
  ];
}
