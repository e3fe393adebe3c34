import type { ClientBase } from 'pg';
import type { Violation, ViolationKind } from './violations.ts';

/** A connection, or a pool, that no rule hides rows from. */
export type Looking = Pick<ClientBase, 'query'>;

/** A rule that holds whenever all is quiet: the query answers one line of facts for each breach. */
type Invariant = { readonly rule: string; readonly kind: ViolationKind; readonly breaches: string };

/**
 * The trail of one column through the audit log: each entry of an object that sets it, with what it was before. In the order of their ids,
 * which are made as they are written: `occurred_at` is when the transaction began, and one that had to wait for another began before it.
 */
const trail = (object: string, column: string): string => `
  select e.object_id as id, e.id as entry_id, e.before ->> '${column}' as was, e.after ->> '${column}' as became,
         lag(e.after ->> '${column}') over (partition by e.object_id order by e.id) as known,
         row_number() over (partition by e.object_id order by e.id desc) as from_end
  from audit.entries e where e.object_type = '${object}' and e.after ? '${column}'`;

/** One entry for each change, none twice, and the last says what is there now. */
function auditTrail(object: string, table: string, column: string): Invariant[] {
  return [
    {
      rule: `each ${column} of a ${object} is entered in the audit log once`,
      kind: 'doubled',
      breaches: `
        select format('%s became %s in %s entries', id, became, count(*)) as fact
        from (${trail(object, column)}) t group by id, became having count(*) > 1`,
    },
    {
      rule: `each change of a ${object} begins where the one before ended`,
      kind: 'lost',
      breaches: `
        select format('%s became %s from %s, but was %s', id, became, was, known) as fact
        from (${trail(object, column)}) t where known is not null and was is distinct from known`,
    },
    {
      rule: `the ${column} of a ${object} is the last in the audit log`,
      kind: 'lost',
      breaches: `
        select format('%s is %s, and the log says %s', r.id, r.${column}, coalesce(t.became, 'nothing')) as fact
        from ${table} r left join (${trail(object, column)}) t on t.id = r.id::text and t.from_end = 1
        where r.${column} is distinct from t.became`,
    },
  ];
}

const invariants: readonly Invariant[] = [
  {
    rule: 'an event is stored once',
    kind: 'doubled',
    breaches: `
      select format('%s is stored %s times', event_id, count(*)) as fact
      from app.webhook_events group by provider, event_id having count(*) > 1`,
  },
  {
    rule: 'every event is settled, or kept aside for a person',
    kind: 'lost',
    breaches: `
      select format('%s %s is still %s after %s attempts: %s', type, event_id, state, attempts, coalesce(last_error, 'no error')) as fact
      from app.webhook_events where state not in ('processed', 'ignored', 'quarantined', 'discarded')`,
  },
  {
    rule: 'every upload has ended, or is younger than its limit',
    kind: 'orphaned',
    breaches: `
      select format('upload %s is still %s after %s', id, state, now() - requested_at) as fact
      from app.upload_jobs
      where state in ('requested', 'uploading', 'processing')
        and not (expires_at > now() and requested_at > now() - interval '24 hours')`,
  },
  {
    rule: 'a video is what its upload came to',
    kind: 'orphaned',
    breaches: `
      select format('upload %s is %s, its video %s', j.id, j.state, v.status) as fact
      from app.upload_jobs j join app.videos v on v.id = j.video_id
      where j.state in ('expired', 'cancelled', 'errored', 'ready') and v.status <> 'deleted'
        and v.status <> case j.state when 'expired' then 'errored' else j.state end`,
  },
  {
    rule: 'an upload becomes one asset',
    kind: 'doubled',
    breaches: `
      select format('upload %s has %s assets', upload_job_id, count(*)) as fact
      from app.mux_assets where upload_job_id is not null group by upload_job_id having count(*) > 1`,
  },
  {
    rule: 'an alert is open once',
    kind: 'doubled',
    breaches: `
      select format('%s is open %s times', key, count(*)) as fact
      from app.alerts where state <> 'resolved' group by key having count(*) > 1`,
  },
  {
    rule: 'an entry of the audit log is sealed once',
    kind: 'doubled',
    breaches: `
      select format('entry %s has %s leaves', entry_id, count(*)) as fact
      from audit.leaves group by entry_id having count(*) > 1`,
  },
  {
    rule: 'every entry of the audit log is sealed',
    kind: 'lost',
    breaches: `
      select format('entry %s about %s %s is not sealed', e.id, e.object_type, e.object_id) as fact
      from audit.entries e where not exists (select from audit.leaves l where l.entry_id = e.id)`,
  },
  {
    rule: 'the audit log verifies from its beginning',
    kind: 'lost',
    breaches: `
      select format('batch %s: %s', v.batch_no, v.fault) as fact
      from audit.verify_batches(0, (select max(b.no) from audit.batches b)) v
      union all
      select format('entry %s was written behind the seal', s) from audit.smuggled_entry() s where s is not null`,
  },
  ...auditTrail('upload_job', 'app.upload_jobs', 'state'),
  ...auditTrail('video', 'app.videos', 'status'),
  ...auditTrail('mux_asset', 'app.mux_assets', 'status'),
];

export const databaseRules: readonly string[] = invariants.map(({ rule }) => rule);

/** Everything in the database that breaks a rule. To be asked when all is quiet. */
export async function checkDatabase(admin: Looking): Promise<Violation[]> {
  const violations: Violation[] = [];
  for (const { rule, kind, breaches } of invariants) {
    const { rows } = await admin.query<{ fact: string }>(breaches);
    violations.push(...rows.map(({ fact }) => ({ kind, what: `${rule}: ${fact}` })));
  }
  return violations;
}
