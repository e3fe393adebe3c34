import type { z } from 'zod';

/**
 * Reads a program's environment through its schema, once.
 * @throws Error naming every variable that is missing or wrong, one a line
 */
export function readEnvironment<Schema extends z.ZodType>(
  program: string,
  schema: Schema,
  environment: NodeJS.ProcessEnv = process.env,
): z.infer<Schema> {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment of ${program} is incomplete or wrong:\n${lines.join('\n')}`);
}
