/** The database could not be reached, or the connection broke: no answer was received, as opposed to an error answered by SQL. */
export class DatabaseUnavailableError extends Error {
  constructor(cause: unknown) {
    super('The database could not be reached.', { cause });
    this.name = 'DatabaseUnavailableError';
  }
}
