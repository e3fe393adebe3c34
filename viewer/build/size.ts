import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/**
 * Measures the built viewer against its budgets (VW-08) in gzip bytes, 1 kB = 1,000 B, and exits 1 when one is exceeded:
 * the script before the poster, and everything the page fetches up to the first frame but the video itself.
 */
const dist = new URL('../dist/', import.meta.url);
const page = readFileSync(new URL('index.html', dist), 'utf8');
const gzipBytes = (name: string) => gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length;
const assets = readdirSync(new URL('assets/', dist)).filter((name) => /\.(js|css)$/.test(name));
const beforePoster = assets.filter((name) => name.endsWith('.js') && page.includes(name));
if (beforePoster.length === 0)
  throw new Error('dist/index.html names no script of dist/assets. Build the viewer first.');

const budgets = [
  { what: 'script before the poster', limit: 10_000, names: beforePoster.map((name) => `assets/${name}`) },
  { what: 'up to the first frame', limit: 300_000, names: ['index.html', ...assets.map((name) => `assets/${name}`)] },
];
for (const { what, limit, names } of budgets) {
  const bytes = names.reduce((sum, name) => sum + gzipBytes(name), 0);
  const isKept = bytes <= limit;
  process.stdout.write(`${isKept ? 'ok  ' : 'OVER'} ${what}: ${bytes} of ${limit} B gzip (${names.join(', ')})\n`);
  if (!isKept) process.exitCode = 1;
}
