import type { Client } from 'pg';

/** The same database without the triggers of one function, named as `schema.name()`, and with all the others. */
export async function dropTriggersOf(admin: Client, triggerFunction: string): Promise<void> {
  const { rows } = await admin.query<{ statement: string }>(
    `select format('drop trigger %I on %s', t.tgname, t.tgrelid::regclass) as statement from pg_trigger t
     where t.tgfoid = $1::regprocedure and t.tgparentid = 0`,
    [triggerFunction],
  );
  if (rows.length === 0) throw new Error(`No trigger calls ${triggerFunction}: nothing would be compared.`);
  for (const { statement } of rows) await admin.query(statement);
}
