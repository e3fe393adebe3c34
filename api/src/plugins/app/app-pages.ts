import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import proxy from '@fastify/http-proxy';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { inlineScriptSources } from '../../inline-scripts.ts';
import { appContentSecurityPolicy, posterPreconnects } from '../../security-policy.ts';

type AppName = 'admin' | 'viewer';

/** Vite writes the hash of the content into these names, so what they hold never changes. */
const hashedAsset = /-[\w-]{8,}\.[a-z0-9]+(\.(br|gz))?$/;
const oneYear = 'public, max-age=31536000, immutable';
const oneHour = 'public, max-age=3600';

/** A build, and its page as it stands when the api starts: another build needs another start. */
async function buildIn(variable: string, dir: string): Promise<{ root: string; page: string }> {
  const root = resolve(dir);
  const page = await readFile(join(root, 'index.html'), 'utf8').catch((cause: unknown) => {
    throw new Error(`${variable} has no index.html: ${root}. Build the app first.`, { cause });
  });
  return { root, page };
}

async function serveFiles(app: FastifyInstance, prefix: string, root: string): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    prefix,
    index: false,
    cacheControl: false,
    decorateReply: false,
    // A build may leave `.br` and `.gz` beside a file.
    preCompressed: true,
    dotfiles: 'deny',
    allowedPath: (path) => !/\.html(\.(br|gz))?$/.test(path),
    setHeaders: (reply, path) => {
      reply.header('cache-control', hashedAsset.test(path) ? oneYear : oneHour);
    },
  });
}

/**
 * Gives an answer the policy of an app. The viewer's page that is asked for with `?embed` may be shown in a frame; no other may.
 */
function policyOf(
  app: FastifyInstance,
  name: AppName,
  page = '',
): (request: FastifyRequest, reply: FastifyReply) => void {
  const inlineScripts = inlineScriptSources(page);
  const policy = appContentSecurityPolicy(app.config, name, { inlineScripts });
  const framed = appContentSecurityPolicy(app.config, name, { inlineScripts, frame: 'anywhere' });
  return ({ query }, reply) => {
    const isForFrame = name === 'viewer' && typeof query === 'object' && query !== null && 'embed' in query;
    reply.header('content-security-policy', isForFrame ? framed : policy);
    if (isForFrame) reply.removeHeader('x-frame-options');
  };
}

/** The page of an app: never cached, since it names the assets of today's build, and with the policy of that app. */
function pageSender(app: FastifyInstance, name: AppName, { root, page }: { root: string; page: string }) {
  const applyPolicy = policyOf(app, name, page);
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    applyPolicy(request, reply);
    return reply.header('cache-control', 'no-store').sendFile('index.html', root, { cacheControl: false });
  };
}

async function proxyTo(
  app: FastifyInstance,
  name: AppName,
  devUrl: string,
  prefix: string,
  rewritePrefix: string,
): Promise<void> {
  const applyPolicy = policyOf(app, name);
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => applyPolicy(request, reply));
    await scope.register(proxy, {
      upstream: devUrl,
      prefix,
      rewritePrefix,
      websocket: true,
      wsUpstream: devUrl.replace(/^http/, 'ws'),
    });
  });
}

async function registerAdmin(app: FastifyInstance): Promise<void> {
  const { dir, devUrl } = app.config.apps.admin;
  if (devUrl !== undefined) {
    await proxyTo(app, 'admin', devUrl, '/admin', '/admin');
  } else if (dir !== undefined) {
    const build = await buildIn('ADMIN_DIR', dir);
    const { root } = build;
    app.vitals.expect('admin', build.page);
    const sendPage = pageSender(app, 'admin', build);
    await serveFiles(app, '/admin/assets/', join(root, 'assets'));
    app.get('/admin', { schema: { hide: true } }, (_request, reply) => reply.redirect('/admin/', 308));
    // What Vite copies beside the page, such as its icon.
    for (const entry of await readdir(root, { withFileTypes: true })) {
      if (!entry.isFile() || /\.(html|br|gz)$|^\./.test(entry.name)) continue;
      app.get(`/admin/${entry.name}`, { schema: { hide: true } }, (_request, reply) =>
        reply.header('cache-control', oneHour).sendFile(entry.name, root, { cacheControl: false }),
      );
    }
    // The admin app routes in the browser, so each of its addresses is the same page.
    app.get('/admin/*', { schema: { hide: true } }, (request, reply) => sendPage(request, reply));
  }
}

async function registerViewer(app: FastifyInstance): Promise<void> {
  const { dir, devUrl } = app.config.apps.viewer;
  if (devUrl !== undefined) {
    await proxyTo(app, 'viewer', devUrl, '/viewer-assets', '/viewer-assets');
    await proxyTo(app, 'viewer', devUrl, '/s', '/viewer-assets/s');
  } else if (dir !== undefined) {
    const build = await buildIn('VIEWER_DIR', dir);
    app.vitals.expect('viewer', build.page);
    const sendPage = pageSender(app, 'viewer', build);
    await serveFiles(app, '/viewer-assets/', build.root);
    const headers = { 'x-robots-tag': 'noindex, nofollow, noarchive', link: posterPreconnects(app.config) };
    app.get('/s/*', { schema: { hide: true } }, (request, reply) => sendPage(request, reply.headers(headers)));
  }
}

/**
 * On a developer's machine `localhost` and `127.0.0.1` are one server but two origins, and sessions belong to one of them: a
 * page asked for by the other name leads to the right one. The browser keeps the fragment.
 */
function redirectFromLocalhost(app: FastifyInstance): void {
  const home = new URL(app.config.http.publicUrl);
  if (home.hostname !== '127.0.0.1') return;
  app.addHook('onRequest', async (request, reply) => {
    const isPage = request.method === 'GET' && /^\/(admin|s)\/|^\/$/.test(request.url);
    if (isPage && request.headers.host === `localhost:${home.port}`) {
      return reply.redirect(`${home.origin}${request.url}`, 307);
    }
  });
}

/** The two browser apps on the one origin: built files, or their Vite servers while developing. `/` leads to the admin app. */
export const appPagesPlugin = fp(
  async (app) => {
    // Registered once for `reply.sendFile`; the folders themselves are registered by each app.
    await app.register(fastifyStatic, { root: resolve('.'), serve: false, preCompressed: true });
    await registerAdmin(app);
    await registerViewer(app);
    redirectFromLocalhost(app);
    app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/admin/', 302));
  },
  { name: 'app-pages', dependencies: ['configuration', 'security-headers', 'vitals'] },
);
