/**
 * A failure that the user can mend: wrong usage, wrong configuration, unreadable input, output that cannot be written.
 *
 * It is shown as one clear line without a stack and ends with exit code 2. Every other exception is a bug of ours.
 */
export class UserError extends Error {
  /** What to do about it, if that is not plain from the message. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UserError';
    this.hint = hint;
  }
}
