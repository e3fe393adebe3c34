import type { Client } from 'pg';

type Explained = { 'QUERY PLAN': [{ 'Execution Time': number }] };

/**
 * Milliseconds that the server needs to execute a prepared statement, from its own clock: without the way to the client and back, which
 * would be the same for both sides of a comparison and flatter it. Rows are made into text as for a client.
 */
export async function executionTime(client: Client, execute: string): Promise<number> {
  const { rows } = await client.query<Explained>(
    `explain (analyze, timing off, buffers off, serialize text, format json) ${execute}`,
  );
  const plan = rows[0]?.['QUERY PLAN'][0];
  if (plan === undefined) throw new Error(`no plan for ${execute}`);
  return plan['Execution Time'];
}

/**
 * Times several things in turns, so that a busy moment of the machine meets all of them alike.
 * @returns for each the milliseconds of every round; the first fifth only warms up and is left out.
 */
export async function inTurns<Name extends string>(
  rounds: number,
  things: Record<Name, () => Promise<number>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(things) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  const warming = Math.ceil(rounds / 5);
  for (let round = 0; round < rounds + warming; round += 1) {
    for (const name of names) {
      const time = await things[name]();
      if (round >= warming) times[name].push(time);
    }
  }
  return times;
}
