import { z } from 'zod';

export const readLimitsAnswer = z.object({
  store: z.enum(['process', 'redis']).describe('Where requests are counted.'),
  storeUp: z
    .boolean()
    .describe('Whether it answers; false while each process counts for itself though Redis is configured.'),
  rules: z.array(
    z.object({
      name: z.string(),
      countedBy: z.enum(['address', 'link', 'account', 'address+link']),
      points: z.int().describe('Requests in one window.'),
      windowSeconds: z.int(),
      mode: z.enum(['off', 'monitor', 'enforce']),
      countedWhen: z.array(z.string()).describe('Codes of the problems that count; empty when every request does.'),
      routes: z.array(z.string()).describe('The routes under the rule, such as `POST /api/uploads`.'),
    }),
  ),
});
export type ReadLimitsAnswer = z.output<typeof readLimitsAnswer>;
