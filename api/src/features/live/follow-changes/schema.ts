import { z } from 'zod';

export const followChangesHeaders = z.object({
  'last-event-id': z
    .string()
    .regex(/^\d{1,15}$/, 'This must be the id of an event.')
    .transform(Number)
    .optional()
    .describe('The id of the last event of the stream before; what came after it is told first.'),
});

export const followChangesAnswer = z
  .unknown()
  .describe(
    [
      'Server-sent events. `ready` {resources}: from now on. `change` {resource, type, ids}: `created`, `updated`, or `deleted` from what the',
      'caller sees; `*` without ids when there are many. `stale`: something may have been missed, read everything again. `beat`: nothing happened.',
      '`end` {reason}: `renew` with a new token, `signed_out`, or `closing`.',
    ].join(' '),
  );
