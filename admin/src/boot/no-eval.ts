import { config } from 'zod';

// zod asks whether it may make functions from text, to check faster by them. Our policy of contents forbids it, and the browser would report
// each time it is asked as a breach of the policy. Imported first: a schema asks when it is made.
config({ jitless: true });
