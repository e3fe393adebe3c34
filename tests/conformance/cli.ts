import { parseArgs } from 'node:util';
import { withTestDatabases } from '../src/with-test-databases.ts';
import { prepareConformance, runConformance } from './run.ts';

const help = `Usage: pnpm rules:conformance [--json]

Deploys the database to a PostgreSQL of its own and asks every declared cell (role × relation to the row × object × column × verb,
role × function, and calls on rows) through psql, through PostgREST and through the api's own connection. Compares the declarations
with pg_catalog both ways. Exits 1 when a door answers otherwise than declared or something is not declared.

  --json   print one JSON object: {"cells","covered","undeclared"}
`;

const { values } = parseArgs({ options: { help: { type: 'boolean' }, json: { type: 'boolean' } } });
if (values.help === true) {
  process.stdout.write(help);
} else {
  const { differences, ...totals } = await withTestDatabases(1, async ([database]) => {
    if (database === undefined) throw new Error('There is no database to ask.');
    return runConformance(await prepareConformance(database));
  });
  for (const line of differences) process.stderr.write(`${line}\n`);
  const { cells, covered, undeclared } = totals;
  process.stdout.write(
    values.json === true
      ? `${JSON.stringify(totals)}\n`
      : `${covered} of ${cells} cells are answered as declared by every door; ${undeclared} undeclared.\n`,
  );
  process.exitCode = differences.length === 0 ? 0 : 1;
}
