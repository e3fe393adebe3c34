/**
 * An error in the body Mux answers with: `{"error":{"type","messages"}}`.
 * Source: https://www.mux.com/docs/core/make-api-requests. Types seen at the vendor: `unauthorized`, `not_found`, `invalid_parameters`.
 */
export class MuxApiError extends Error {
  readonly status: number;
  readonly type: string;
  readonly messages: readonly string[];

  constructor(status: number, type: string, messages: readonly string[]) {
    super(`${type}: ${messages.join('; ')}`);
    this.name = 'MuxApiError';
    this.status = status;
    this.type = type;
    this.messages = messages;
  }

  /** The JSON body of the answer. */
  body(): { error: { type: string; messages: readonly string[] } } {
    return { error: { type: this.type, messages: this.messages } };
  }
}

/** 404: the thing is not there, or is not the caller's. */
export function notFound(): MuxApiError {
  return new MuxApiError(404, 'not_found', [
    "The requested resource either doesn't exist or you don't have access to it.",
  ]);
}

/** 400: each message names the field and says what is wrong with it. */
export function invalidParameters(...messages: string[]): MuxApiError {
  return new MuxApiError(400, 'invalid_parameters', messages);
}

/** 403: a playback token, a restriction or the state of the thing forbids it. */
export function forbidden(message: string): MuxApiError {
  return new MuxApiError(403, 'forbidden', [message]);
}
