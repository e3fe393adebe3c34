import { randomUUID } from 'node:crypto';
import { type CoachName, only, profileOf } from '../src/arrange.ts';
import { type Claims, claimsOf, type PersonaName, personas, type TestDatabase } from '../src/index.ts';

/** Compliance staff with a confirmation of her own for every call. */
export const helen = (): Claims => claimsOf('helen', { sid: randomUUID() });

/** One statement of a person, committed. */
export async function act(
  database: TestDatabase,
  who: PersonaName | Claims,
  statement: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>> {
  return database.asUser(who, async (client) => only(await client.query(statement, values)), { keep: true });
}

/** A coach asks for the erasure of their account, and Helen approves it. Answers the request's id. */
export async function approveErasure(database: TestDatabase, who: CoachName, reason = 'I am leaving'): Promise<string> {
  const { id } = await act(database, who, 'select * from api.request_erasure($1)', [reason]);
  await act(database, helen(), 'select * from api.approve_erasure($1, $2)', [id, 'Identity checked']);
  return String(id);
}

export async function placeHold(database: TestDatabase, who: PersonaName, reason: string): Promise<string> {
  const profile = await profileOf(database, personas[who].subject);
  return String((await act(database, helen(), 'select id from api.place_hold($1, $2)', [profile, reason])).id);
}

export type Step = { step_id: string; request_id: string; system: string; action: string; target: string };

/** What the worker claims next; undefined when there is nothing to begin. */
export async function claimStep(database: TestDatabase): Promise<Step | undefined> {
  const { rows } = await database.service.query<Step>(
    'select * from app.claim_erasure_step() where step_id is not null',
  );
  return rows[0];
}

/** Carries a claimed step out, as the worker does; Mux has always deleted what it was asked to. */
export async function carryOut(database: TestDatabase, { step_id, system }: Step): Promise<void> {
  if (system === 'mux') {
    await database.service.query('select app.finish_erasure_step($1, $2)', [step_id, { answers: [{ status: 404 }] }]);
  } else {
    await database.service.query('select app.carry_out_erasure_step($1)', [step_id]);
  }
}

/** Everything the worker would do now. Answers the steps it carried out, in order. */
export async function carryOutAll(database: TestDatabase): Promise<Step[]> {
  const carriedOut: Step[] = [];
  for (let step = await claimStep(database); step !== undefined; step = await claimStep(database)) {
    await carryOut(database, step);
    carriedOut.push(step);
  }
  await database.service.query('select app.complete_erasures()');
  return carriedOut;
}

/** Helen has done what must be done by hand. */
export async function completeManualSteps(database: TestDatabase, requestId: string): Promise<void> {
  const { rows } = await database.admin.query<{ id: string }>(
    `select id from app.erasure_steps where request_id = $1 and is_manual and state = 'planned'`,
    [requestId],
  );
  for (const { id } of rows) {
    await act(database, helen(), 'select * from api.complete_erasure_step($1, $2, $3)', [id, 'Deleted there', 'T-17']);
  }
}

/** The whole erasure of a person whose request was approved, to the receipt. */
export async function eraseCompletely(database: TestDatabase, requestId: string): Promise<void> {
  await carryOutAll(database);
  await completeManualSteps(database, requestId);
  await carryOutAll(database);
  const { rows } = await database.admin.query('select state from app.erasure_requests where id = $1', [requestId]);
  if (rows[0]?.state !== 'completed') {
    const open = await database.admin.query(
      `select target, action, state, last_error from app.erasure_steps where request_id = $1 and state not in ('done', 'kept')`,
      [requestId],
    );
    throw new Error(`The erasure is not complete: ${JSON.stringify(open.rows)}`);
  }
}

/** Every table of ours with rows of its own: partitions instead of what they are parts of. */
export async function tablesOf(database: TestDatabase): Promise<string[]> {
  const { rows } = await database.admin.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
     where c.relkind = 'r' and c.relnamespace::regnamespace::text not like 'pg\\_%' and c.relnamespace <> 'information_schema'::regnamespace
     order by 1`,
  );
  return rows.map(({ name }) => name);
}

type ShownRequest = {
  state: string;
  is_overdue: boolean;
  step_count: number;
  open_step_count: number;
  failed_step_count: number;
};

/** How compliance staff see a request. */
export async function requestOf(database: TestDatabase, id: string): Promise<ShownRequest | undefined> {
  const { rows } = await database.asUser('helen', (client) =>
    client.query<ShownRequest>(
      'select state, is_overdue, step_count, open_step_count, failed_step_count from api.erasure_requests where id = $1',
      [id],
    ),
  );
  return rows[0];
}

type ShownStep = { id: string; state: string; attempts: number; last_error: string | null; wait: number };

/** How far the step of this target is that nobody does by hand. `wait`: seconds until the next attempt. */
export async function stepOf(database: TestDatabase, target: string): Promise<ShownStep | undefined> {
  const { rows } = await database.admin.query<ShownStep>(
    `select id, state, attempts, last_error, round(extract(epoch from next_attempt_at - now()))::int as wait
     from app.erasure_steps where target = $1 and not is_manual`,
    [target],
  );
  return rows[0];
}

/** As if the time until the next attempt, or the lease of a killed worker, had passed. */
export async function letTimePass(database: TestDatabase): Promise<void> {
  await database.admin.query('update app.erasure_steps set next_attempt_at = now()');
}
