import type { TestDatabase } from '@mm/tests';

/**
 * Tables in the exposed schema, in a test's own database, with a column of every kind that a filter can meet: among the rows are empty
 * values, and texts that mean something to PostgREST, LIKE, regular expressions or JSON. No row-level security: what is tested is whether a
 * question survives the way to the database, not who may ask it.
 */
export async function makeSpecimens({ admin }: TestDatabase): Promise<void> {
  await admin.query(`
    create table api.keepers (
      id integer primary key, name text not null, region text, rank integer not null, details jsonb not null default '{}'
    );
    create table api.specimens (
      id integer primary key, title text not null, note text, count integer, amount numeric, big bigint, flag boolean,
      day date, at timestamptz not null, tags text[], numbers integer[], span int4range, period tstzrange, data jsonb,
      uid uuid, keeper_id integer references api.keepers (id), version integer not null default 1
    );
    create table api.marks (
      specimen_id integer not null references api.specimens (id), name text not null, score integer not null,
      primary key (specimen_id, name), constraint marks_score_check check (score >= 0)
    );
    create function api.touch() returns trigger language plpgsql as $$ begin new.version := old.version + 1; return new; end $$;
    create trigger touch before update on api.specimens for each row execute function api.touch();
    create function api.specimens_of(keeper integer) returns setof api.specimens stable language sql
      as $$ select * from api.specimens s where s.keeper_id = keeper $$;
    grant select on api.keepers to mm_coach;
    grant select, insert, update, delete on api.specimens, api.marks to mm_coach;
    grant execute on function api.specimens_of(integer), api.touch() to mm_coach`);
  await admin.query(`
    insert into api.keepers values
      (1, 'Ada, "the first"', 'north', 3, '{"shift": "day"}'), (2, 'Bo (b.)', null, 1, '{"shift": "night"}'), (3, 'Cy', 'south', 2, '{}')`);
  for (const [index, note] of notes.entries()) {
    const n = index + 1;
    await admin.query(
      `insert into api.specimens (id, title, note, count, amount, big, flag, day, at, tags, numbers, span, period, data, uid, keeper_id)
       values ($1::integer, 'Specimen ' || $1::integer, $2, $3, $4, $5, $6, $7, '2026-03-01T00:00:00.123456Z'::timestamptz + $8::integer * interval '1 hour', $9, $10, $11,
               $12, $13, $14, $15)`,
      [
        n,
        note,
        n % 5 === 0 ? null : n % 7,
        n % 4 === 0 ? null : n * 1.25,
        String(9_007_199_254_740_990n + BigInt(n)),
        n % 3 === 2 ? null : n % 3 === 0,
        `2026-01-0${1 + (n % 9)}`,
        n % 6,
        n % 6 === 0 ? null : [notes[(n * 5) % notes.length] ?? 'none', 'common'].slice(0, n % 3),
        n % 4 === 0 ? null : [n % 3, n % 5],
        n % 5 === 0 ? null : `[${n % 8},${(n % 8) + 4})`,
        n % 3 === 0 ? null : `[2026-01-0${1 + (n % 8)},2026-01-1${n % 8})`,
        n % 7 === 0 ? null : JSON.stringify({ kind: n % 2 ? 'odd' : 'even', text: note, deep: { level: n % 4 } }),
        n % 4 === 0 ? null : `00000000-0000-7000-8000-0000000000${String(n % 10).padStart(2, '0')}`,
        n % 4 === 0 ? null : 1 + (n % 3),
      ],
    );
  }
  await admin.query(
    `insert into api.marks select s.id, m.name, s.id % 4 + m.score
     from api.specimens s, (values ('colour', 0), ('size, "big"', 2)) m (name, score) where s.id % 3 > 0`,
  );
  await admin.query('analyze api.specimens');
}

/** Stored texts; a null among them. */
export const notes: readonly (string | null)[] = [
  null,
  'plain words',
  'Plain Words, twice',
  '100% sure',
  '100 sure',
  'under_score',
  'underXscore',
  'a*b',
  'aXXb',
  'back\\slash',
  'quote " and comma, (brackets)',
  'a),id.not.is.null,or(title.eq.x',
  'null',
  '(?i)^.*$',
  'line\nbreak',
  'größe ∞ 🙂',
  '{curly,"array"}',
  '[1,5)',
  ' spaces ',
  '',
  'not.eq.x',
  '****',
  'A & B | !C <-> D:*',
  "it''s",
];
