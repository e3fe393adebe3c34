import { readFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/**
 * Serves one build of the viewer as the api does (pages never cached, assets as they were compressed), and passes everything else on to the
 * stack's api, so that both builds differ in nothing else.
 * @param images origin of the posters, to which the page has a connection opened
 */
export async function serveViewer(
  folder: string,
  { api, images }: { api: string; images: string },
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((asked, answer) => {
    const { pathname } = new URL(asked.url ?? '/', 'http://localhost');
    const name = pathname.startsWith('/s/') ? 'index.html' : /^\/viewer-assets\/(.+)$/.exec(pathname)?.[1];
    if (name === undefined) {
      const passed = request(
        new URL(asked.url ?? '/', api),
        { method: asked.method, headers: { ...asked.headers, host: new URL(api).host } },
        (got) => {
          answer.writeHead(got.statusCode ?? 502, got.headers);
          got.pipe(answer);
        },
      );
      passed.on('error', () => answer.writeHead(502).end());
      asked.pipe(passed);
      return;
    }
    send(join(folder, normalize(`/${name}`))).catch(() => answer.writeHead(404).end());

    async function send(path: string): Promise<void> {
      const type = types[extname(path)] ?? 'application/octet-stream';
      const compressed = await readFile(`${path}.br`).catch(() => undefined);
      const content = compressed ?? (await readFile(path));
      answer
        .writeHead(200, {
          'content-type': type,
          'cache-control': 'no-store',
          ...(name === 'index.html'
            ? { link: `<${images}>; rel=preconnect, </>; rel=preconnect; crossorigin=anonymous` }
            : {}),
          ...(compressed === undefined ? {} : { 'content-encoding': 'br' }),
        })
        .end(content);
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
