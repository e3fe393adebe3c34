import type { ClientBase } from 'pg';
import { DatabaseError } from 'pg';
import type { SqlFile } from './files.ts';

/**
 * Runs a file as one simple query.
 * @throws Error that names the file and line, with PostgreSQL's own words.
 */
export async function runFile(client: ClientBase, file: SqlFile): Promise<void> {
  try {
    await client.query(file.text);
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const line =
      error.position === undefined ? '' : `:${file.text.slice(0, Number(error.position)).split('\n').length}`;
    const words = [error.message, error.detail, error.hint, error.where].filter(Boolean).join('\n  ');
    throw new Error(`${file.path}${line}: ${words}`, { cause: error });
  }
}
