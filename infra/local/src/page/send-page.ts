import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { html, type Markup, raw } from './html.ts';

export type Page = {
  title: string;
  /** The stylesheet; put into the page and allowed by its hash, so that a page is one request. */
  css: string;
  body: Markup;
  /** Origins a form of this page may end up at. Chromium applies `form-action` to the redirect after a POST as well. */
  formTargets?: string[];
  status?: number;
};

/**
 * Sends a whole page that runs no script and loads nothing from elsewhere, and says so in its content security policy.
 * The referrer stays within the origin: with `no-referrer` a browser would send `Origin: null` with our own forms.
 */
export function sendPage(reply: FastifyReply, page: Page): FastifyReply {
  const style = createHash('sha256').update(page.css).digest('base64');
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${style}'`,
    "img-src 'self' data:",
    "frame-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${["'self'", ...(page.formTargets ?? [])].join(' ')}`,
  ].join('; ');
  return reply
    .status(page.status ?? 200)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
    })
    .send(
      html`<!doctype html>
<html lang="en-AU">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<link rel="icon" href="data:,">
<style>${raw(page.css)}</style>
</head>
<body>
${page.body}
</body>
</html>
`.text,
    );
}
