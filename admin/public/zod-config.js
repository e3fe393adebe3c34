// zod asks whether it may make functions from text, to check faster by them. Our content security policy forbids it, and the browser would
// report each time it is asked as a breach of the policy. A schema asks when it is made, and schemas are made while modules are loaded,
// in an order that is the bundler's: so this stands before all modules. zod reads its settings from here.
globalThis.__zod_globalConfig = { jitless: true };
