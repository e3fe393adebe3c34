/**
 * The viewer's budgets (VW-08), gzip: `size-limit` measures the build in `dist`, or where VIEWER_DIST says.
 */
const dist = process.env.VIEWER_DIST ?? 'dist';
const budget = (name, limit, ...files) => ({ name, limit, gzip: true, path: files.map((file) => `${dist}/${file}`) });

export default [
  budget('script before the poster', '10 kB', 'assets/index-*.js'),
  budget('up to the first frame', '300 kB', 'index.html', 'assets/*.css', 'assets/{index,mount}-*.js'),
  budget(
    'up to the first frame of a link that asks something first',
    '300 kB',
    'index.html',
    'assets/*.css',
    'assets/{index,mount,show-step}-*.js',
  ),
  budget('all there is', '310 kB', 'index.html', 'assets/*.{css,js}'),
];
