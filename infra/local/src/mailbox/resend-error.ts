/** The names Resend gives to errors (https://resend.com/docs/api-reference/errors), as far as sending mail meets them. */
export type ResendErrorName =
  | 'application_error'
  | 'invalid_api_key'
  | 'invalid_attachment'
  | 'invalid_from_address'
  | 'invalid_idempotency_key'
  | 'invalid_idempotent_request'
  | 'invalid_parameter'
  | 'method_not_allowed'
  | 'missing_api_key'
  | 'missing_required_field'
  | 'not_found'
  | 'validation_error';

/** An error answered in Resend's shape: `{statusCode, name, message}`. */
export class ResendError extends Error {
  override readonly name: ResendErrorName;
  readonly statusCode: number;

  constructor(statusCode: number, name: ResendErrorName, message: string) {
    super(message);
    this.statusCode = statusCode;
    this.name = name;
  }

  toJSON(): { statusCode: number; name: string; message: string } {
    return { statusCode: this.statusCode, name: this.name, message: this.message };
  }
}
