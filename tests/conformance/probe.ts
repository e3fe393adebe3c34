import type { Pool } from 'pg';
import { roles } from './declare.ts';

/** What became of one statement: rows that it reached, or the error. */
export type Answer = { rows: number } | { error: string; message: string; hint: string | null };

/** Runs statements as whoever asks, each in a subtransaction that is taken back, and answers what became of them. */
export type Ask = (statements: readonly string[]) => Promise<Answer[]>;

/**
 * Installs probe.run(), which runs many statements in one round trip with the rights of its caller. It lives in a schema of its own that
 * no deployed database has.
 */
export async function installProbe(admin: Pool): Promise<void> {
  await admin.query(`
    create schema probe;
    grant usage on schema probe to ${roles.join(', ')};
    create function probe.run(statements text[]) returns jsonb language plpgsql volatile as $$
    declare
      answers jsonb[] := '{}';
      statement text;
      reached bigint;
      told_message text;
      told_hint text;
    begin
      foreach statement in array statements loop
        begin
          execute statement;
          get diagnostics reached = row_count;
          raise exception using errcode = 'PROBE', message = reached::text;
        exception when others then
          get stacked diagnostics told_message = message_text, told_hint = pg_exception_hint;
          answers := answers || case sqlstate
            when 'PROBE' then jsonb_build_object('rows', told_message::bigint)
            else jsonb_build_object('error', sqlstate, 'message', told_message, 'hint', nullif(told_hint, '')) end;
        end;
      end loop;
      return to_jsonb(answers);
    end $$;
    revoke execute on function probe.run from public;
    grant execute on function probe.run to ${roles.join(', ')}`);
}

export function isDenied(answer: Answer): boolean {
  return 'error' in answer && answer.error === '42501' && !answer.message.includes('row-level security');
}
