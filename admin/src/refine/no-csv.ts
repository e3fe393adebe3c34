/**
 * In place of papaparse, which Refine brings along for importing and exporting CSV in the browser. Exports are streamed by the
 * server here, so those hooks are not used; whoever begins to use one is told.
 */
const refuse = (): never => {
  throw new Error('CSV is not parsed or written in the browser: take papaparse back into the build (vite.config.ts).');
};

export default { parse: refuse, unparse: refuse };
