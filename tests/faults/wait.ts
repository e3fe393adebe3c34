/**
 * Resolves with the first answer of `look` that is not undefined, asking again every few milliseconds; an error of `look` counts as no answer,
 * because what is looked at may just be down.
 * @throws Error that says what did not happen, when it does not happen in time
 */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined>,
  { withinMs = 30_000, everyMs = 25 } = {},
): Promise<T> {
  const deadline = Date.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`It did not happen within ${withinMs / 1_000} s that ${what}.`, { cause: last });
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
