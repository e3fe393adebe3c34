/**
 * Zod asks the browser whether it may make functions, which the content policy refuses and reports. The page tells it not to ask
 * (zod-config.js); a worker has a global object of its own, so it is told again, before any schema is made.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
