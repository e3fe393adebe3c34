import { DatabaseError } from 'pg';

/** What a door makes of an error raised on purpose. */
export type Refusal = {
  status: number;
  code: string | undefined;
  message: string;
  fields: { pointer: string; code: string }[];
};

/** Waits for a refusal (`PTxyz`) and reads it. Fails when the work succeeds or fails otherwise. */
export async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) throw new Error('Nothing was refused.');
  if (!(error instanceof DatabaseError) || !/^PT[45]\d\d$/.test(error.code ?? '')) throw error;
  const detail: unknown = error.detail === undefined ? {} : JSON.parse(error.detail);
  const errors = typeof detail === 'object' && detail !== null && 'errors' in detail ? detail.errors : [];
  return {
    status: Number(error.code?.slice(2)),
    code: error.hint,
    message: error.message,
    fields: Array.isArray(errors)
      ? errors.map(({ pointer, code }) => ({ pointer: String(pointer), code: String(code) }))
      : [],
  };
}
