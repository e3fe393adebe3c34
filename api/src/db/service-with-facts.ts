import { CompiledQuery } from 'kysely';
import type { QueryResultRow } from 'pg';
import { type RequestFacts, withService } from './caller.ts';
import type { Database, NamedStatement } from './database.ts';

/** `mm_service`, with the facts of a request behind each statement: the audit log shows which request it belongs to. */
export const serviceWithFacts = (database: Database, facts: RequestFacts): Pick<Database, 'query'> => ({
  query: <Row extends QueryResultRow>({ text }: NamedStatement, values: readonly unknown[]): Promise<Row[]> =>
    withService(database, facts, async (transaction) => {
      const { rows } = await transaction.executeQuery<Row>(CompiledQuery.raw(text, [...values]));
      return rows;
    }),
});
