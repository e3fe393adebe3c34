import pg, { type ClientBase } from 'pg';
import { readSqlFile } from './files.ts';

/** One fact of the catalogue, such as a column, a policy or a grant. */
export type CatalogueFact = {
  section: string;
  /** Schema-qualified name of what the fact is about. */
  object: string;
  /** Whether it introduces its object; the others belong to the one before. */
  is_head: boolean;
  text: string;
  /** Body of a function or query of a view; else empty. */
  definition: string;
};

/** Every fact that a deployment decides, in a fixed order, so that two databases can be compared line by line. */
export async function readCatalogue(client: ClientBase): Promise<CatalogueFact[]> {
  await client.query('begin');
  try {
    // Names in expressions are told with their schema when no schema is searched.
    await client.query(`set local search_path = ''`);
    const { rows } = await client.query<CatalogueFact>(readSqlFile('sql/src/catalogue.sql').text);
    return rows;
  } finally {
    await client.query('rollback');
  }
}

const preamble = `# What the database is: roles, tables, columns, constraints, indexes, policies, triggers, functions and who was granted what.
# Written by \`pnpm db:types\` from a freshly deployed database; \`pnpm check\` fails when the schema says otherwise. Do not edit.
`;

/** The text of sql/generated/catalogue.txt, from a deployed database. */
export async function renderCatalogue(adminUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const facts = await readCatalogue(client);
    const lines = facts.map(({ is_head, text }) => (is_head ? `\n${text}` : `  ${text}`));
    return `${preamble}${lines.join('\n')}\n`;
  } finally {
    await client.end();
  }
}
