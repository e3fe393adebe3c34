import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleEnvironment } from '../../../test/sample-environment.ts';
import { buildApp } from '../../app.ts';
import { parseConfig } from '../../config.ts';

const viewerPage = '<!doctype html><title>viewer</title><script type="module">ask()</script>';

let folder: string;
let app: FastifyInstance;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'app-pages-'));
  for (const name of ['admin', 'viewer']) {
    await mkdir(join(folder, name, 'assets'), { recursive: true });
    await writeFile(join(folder, name, 'index.html'), `<!doctype html><title>${name}</title>`);
    await writeFile(join(folder, name, 'assets', 'index-D4f9aX_2.js'), 'export {};');
    await writeFile(join(folder, name, 'assets', 'index-D4f9aX_2.js.br'), 'compressed');
    await writeFile(join(folder, name, '.env'), 'SECRET=1');
  }
  await writeFile(join(folder, 'viewer', 'index.html'), viewerPage);
  await writeFile(join(folder, 'viewer', 'index.html.br'), 'compressed page');
  await writeFile(join(folder, 'admin', 'mark.svg'), '<svg/>');
  await writeFile(join(folder, 'viewer', 'icon.svg'), '<svg/>');
  app = await buildApp(
    parseConfig(sampleEnvironment({ ADMIN_DIR: join(folder, 'admin'), VIEWER_DIR: join(folder, 'viewer') })),
  );
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

describe('the admin app', () => {
  it.each(['/admin/', '/admin/videos', '/admin/videos/show/0198'])(
    '%s is its page, with its policy, never cached',
    async (url) => {
      const answer = await app.inject(url);
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain('<title>admin</title>');
      expect(answer.headers['content-type']).toContain('text/html');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers['content-security-policy']).toContain("script-src 'self';");
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
    },
  );

  it('keeps files with a hash in their name in the browser for a year', async () => {
    const answer = await app.inject('/admin/assets/index-D4f9aX_2.js');
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['content-type']).toContain('javascript');
  });

  it('sends the compressed twin of a file to a browser that takes it, for as long', async () => {
    const answer = await app.inject({
      url: '/admin/assets/index-D4f9aX_2.js',
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(answer.headers['content-encoding']).toBe('br');
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.body).toBe('compressed');
  });

  it('has its icon beside its page', async () => {
    const answer = await app.inject('/admin/mark.svg');
    expect(answer.headers['content-type']).toContain('image/svg+xml');
    expect(answer.body).toBe('<svg/>');
  });

  it('leads from localhost to its own origin, where its sessions are', async () => {
    const { host, origin } = new URL(app.config.http.publicUrl);
    const answer = await app.inject({
      url: '/admin/videos?page=2',
      headers: { host: host.replace('127.0.0.1', 'localhost') },
    });
    expect(answer.statusCode).toBe(307);
    expect(answer.headers.location).toBe(`${origin}/admin/videos?page=2`);
  });

  it('answers 404, not its page, for an asset that is not there', async () => {
    const answer = await app.inject('/admin/assets/index-gone1234.js');
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('is where / and /admin lead', async () => {
    expect((await app.inject('/')).headers.location).toBe('/admin/');
    expect((await app.inject('/admin')).headers.location).toBe('/admin/');
  });
});

describe('the viewer', () => {
  it('is one page under every share link, not indexed, without referrer', async () => {
    const answer = await app.inject('/s/Ab3dEf6hIj9k');
    expect(answer.body).toContain('<title>viewer</title>');
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow, noarchive',
    });
    expect(answer.headers['content-security-policy']).toContain('media-src blob:');
  });

  it('may run the script that stands in it, and no other that somebody gets into it', async () => {
    const hash = createHash('sha256').update('ask()').digest('base64');
    for (const url of ['/s/Ab3dEf6hIj9k', '/s/Ab3dEf6hIj9k?embed=1']) {
      const policy = String((await app.inject(url)).headers['content-security-policy']);
      expect(/script-src ([^;]+)/.exec(policy)?.[1]).toBe(`'self' 'sha256-${hash}'`);
    }
  });

  it('is sent compressed to a browser that takes it, and has it open the connections that the poster needs', async () => {
    const answer = await app.inject({ url: '/s/Ab3dEf6hIj9k', headers: { 'accept-encoding': 'gzip, br' } });
    expect(answer.body).toBe('compressed page');
    expect(answer.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': expect.stringContaining('text/html'),
      'cache-control': 'no-store',
      link: `<${new URL(app.config.mux.imageUrl).origin}>; rel=preconnect, </>; rel=preconnect; crossorigin=anonymous`,
    });
  });

  it('may be framed where it is asked for with ?embed, alike for every id, and nowhere else', async () => {
    const headersOf = async (url: string) => {
      const { headers } = await app.inject(url);
      const { 'content-security-policy': policy, 'x-frame-options': options } = headers;
      return { ancestors: /frame-ancestors ([^;]+)/.exec(String(policy))?.[1], options };
    };
    expect(await headersOf('/s/Ab3dEf6hIj9k')).toEqual({ ancestors: "'none'", options: 'DENY' });
    const framed = await headersOf('/s/Ab3dEf6hIj9k?embed=1');
    expect(framed).toEqual({ ancestors: expect.stringMatching(/^https:/), options: undefined });
    expect(await headersOf('/s/not-an-id?embed=1')).toEqual(framed);
    expect(await headersOf('/admin/?embed=1')).toEqual({ ancestors: "'none'", options: 'DENY' });
  });

  it('serves its assets, those without a hash for an hour only', async () => {
    expect((await app.inject('/viewer-assets/assets/index-D4f9aX_2.js')).headers['cache-control']).toContain(
      'immutable',
    );
    expect((await app.inject('/viewer-assets/icon.svg')).headers['cache-control']).toBe('public, max-age=3600');
  });

  it.each([
    '/viewer-assets/',
    '/viewer-assets/assets',
    '/viewer-assets/index.html',
    '/viewer-assets/index.html.br',
    '/viewer-assets/.env',
    '/viewer-assets/..%2fadmin%2f.env',
  ])('does not hand out %s', async (url) => {
    const answer = await app.inject(url);
    expect(answer.statusCode).toBe(404);
    expect(answer.body).not.toContain('SECRET');
  });
});

describe('a folder without a build', () => {
  it('is named when the app starts', async () => {
    const config = parseConfig(sampleEnvironment({ ADMIN_DIR: join(folder, 'nothing-here') }));
    await expect(buildApp(config)).rejects.toThrow(/ADMIN_DIR has no index\.html/);
  });
});

describe('while developing', () => {
  let vite: Server;
  let developing: FastifyInstance;
  let origin: string;

  beforeAll(async () => {
    vite = createServer((request, response) => response.end(`vite ${request.url}`));
    // Just enough of RFC 6455 to say that the connection was upgraded at the right path.
    vite.on('upgrade', (request, socket) => {
      const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
      const accept = createHash('sha1').update(key).digest('base64');
      const path = request.url ?? '';
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n` +
          (request.headers['sec-websocket-protocol'] === undefined ? '' : 'Sec-WebSocket-Protocol: vite-hmr\r\n') +
          '\r\n',
      );
      socket.write(Buffer.concat([Buffer.from([0x81, path.length]), Buffer.from(path)]));
    });
    await new Promise<void>((resolve) => vite.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(vite.address() as AddressInfo).port}`;
    developing = await buildApp(
      parseConfig(sampleEnvironment({ ENVIRONMENT: 'development', ADMIN_DEV_URL: url, VIEWER_DEV_URL: url })),
    );
    origin = await developing.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await developing.close();
    vite.closeAllConnections();
    vite.close();
  });

  it.each([
    ['/admin/', '/admin/'],
    ['/admin/src/main.tsx?t=1', '/admin/src/main.tsx?t=1'],
    ['/viewer-assets/@vite/client', '/viewer-assets/@vite/client'],
    ['/s/Ab3dEf6hIj9k', '/viewer-assets/s/Ab3dEf6hIj9k'],
  ])('%s comes from Vite', async (path, upstreamPath) => {
    const answer = await fetch(`${origin}${path}`);
    expect(await answer.text()).toBe(`vite ${upstreamPath}`);
    expect(answer.headers.get('content-security-policy')).toContain("'unsafe-inline'");
  });

  it.each(['/admin/', '/viewer-assets/'])('hot reload of %s reaches Vite through a websocket', async (path) => {
    const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}${path}?token=abc`, 'vite-hmr');
    const message = await new Promise((resolve, reject) => {
      socket.addEventListener('message', (event) => resolve(event.data));
      socket.addEventListener('error', () => reject(new Error('no websocket')));
    });
    socket.close();
    expect(message).toBe(`${path}?token=abc`);
  });
});
