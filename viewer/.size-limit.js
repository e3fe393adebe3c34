/**
 * The viewer's budgets (VW-08), gzip: `size-limit` measures the build in `dist`, or where VIEWER_DIST says.
 */
const dist = process.env.VIEWER_DIST ?? 'dist';
const budget = (name, limit, ...files) => ({ name, limit, gzip: true, path: files.map((file) => `${dist}/${file}`) });

export default [
  // Both together: no more than 10 kB of script before the poster, of which 2 kB stand in the page.
  budget('the page, with its styles and the script that asks for the link', '6.5 kB', 'index.html'),
  budget('the script beside it', '8 kB', 'assets/index-*.js'),
  budget('up to the first frame', '300 kB', 'index.html', 'assets/{index,mount}-*.js'),
  budget(
    'up to the first frame of a link that asks something first',
    '300 kB',
    'index.html',
    'assets/{index,mount,show-step}-*.js',
  ),
  budget('all there is', '310 kB', 'index.html', 'assets/*.js'),
];
