import { z } from 'zod';

/** One thing wrong with one field of the request. `pointer` is a JSON Pointer fragment such as `#/fileSizeBytes`. */
export const problemFieldError = z.object({
  pointer: z.string().describe('JSON Pointer (as a URI fragment) to the field, e.g. `#/fileSizeBytes`.'),
  detail: z.string().describe('What is wrong with this field, in one sentence.'),
  code: z.string().describe('Stable code of the rule that the field breaks.'),
});
export type ProblemFieldError = z.output<typeof problemFieldError>;

/** RFC 9457 problem details, as every refusal and failure of this API is answered. */
export const problem = z.object({
  type: z
    .string()
    .describe('`urn:motion-mavericks:problem:<code>`; each code is explained in docs/reference/problems.md.'),
  title: z.string().describe('Short summary, the same for every occurrence of the code.'),
  status: z.int().min(400).max(599).describe('The HTTP status, repeated.'),
  detail: z.string().describe('What happened this time and what to do about it.'),
  code: z.string().describe('Stable machine-readable code, e.g. `share.unavailable`.'),
  requestId: z.string().describe('The id of this request, as in the `x-request-id` header and the logs.'),
  errors: z.array(problemFieldError).optional().describe('One entry per wrong field.'),
});
export type Problem = z.output<typeof problem>;
