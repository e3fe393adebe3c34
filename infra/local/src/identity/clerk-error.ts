type Detail = { code: string; message: string; long_message: string; meta?: object };

/** An error answered in Clerk's shape: `{errors: [{code, message, long_message, meta}]}` (https://clerk.com/docs/errors/backend-api). */
export class ClerkError extends Error {
  override readonly name = 'ClerkError';
  readonly status: number;
  readonly #detail: Detail;

  constructor(status: number, code: string, message: string, more: { long?: string; meta?: object } = {}) {
    super(message);
    this.status = status;
    this.#detail = { code, message, long_message: more.long ?? message, ...(more.meta ? { meta: more.meta } : {}) };
  }

  toJSON(): { errors: Detail[] } {
    return { errors: [this.#detail] };
  }
}
