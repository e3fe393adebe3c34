import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The admin's budgets, gzip, of the script that a browser loads: `size-limit` measures the build in `dist`, or where ADMIN_DIST says, made with
 * `vite build --manifest`. The manifest tells what each page brings along, so that a chunk which moves is still counted once.
 */
const dist = process.env.ADMIN_DIST ?? 'dist';
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));

/** The scripts of the entries and of all that they import at once, but for those that are there already. */
function scriptsOf(entries, present = []) {
  const loaded = new Set();
  const waiting = [...entries];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (loaded.has(name)) continue;
    loaded.add(name);
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`The build has no ${name}: name what is loaded in its place.`);
    waiting.push(...(chunk.imports ?? []));
  }
  const files = new Set([...loaded].map((name) => manifest[name].file));
  return [...files].filter((file) => file.endsWith('.js') && !present.includes(file));
}

const budget = (name, limit, files) => ({
  name,
  limit,
  gzip: true,
  path: files.map((file) => join(dist, file)),
});

// The way in production: Clerk's session comes before the app.
const signIn = ['index.html', 'src/providers/auth/clerk-session.tsx', 'src/App.tsx'];
const firstList = [...signIn, 'src/shell/shell.tsx', 'src/shell/gate.tsx', 'src/resources/videos/list.tsx'];
// What the fields above the list load by themselves, while the rows are on their way.
const fields = ['src/components/list/choice-selects.tsx'];

// Whatever the app can go to, so that a new page has a budget without being named here.
const present = scriptsOf(firstList);
const further = manifest['src/App.tsx'].dynamicImports
  .map((entry) => [entry, scriptsOf([entry], present)])
  .filter(([, files]) => files.length > 0);

export default [
  budget('script up to the sign-in page', '250 kB', scriptsOf(signIn)),
  budget('script up to the first list, with its filters', '420 kB', scriptsOf([...firstList, ...fields])),
  ...further.map(([entry, files]) => budget(`script that ${entry} adds`, '60 kB', files)),
];
