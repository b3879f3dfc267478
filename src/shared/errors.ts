/**
 * Expected failures. An `AppError` carries a stable code and parameters for the text that people read
 * (`errors.<code>` in `src/locales`); it is translated once, at the edge. Anything else that is thrown is a fault.
 */
export class AppError extends Error {
  readonly code: string;
  /** Values for the placeholders of the text. Never anything that identifies a young person. */
  readonly params: Readonly<Record<string, string | number>>;

  constructor(code: string, params: Record<string, string | number> = {}, options: { cause?: unknown } = {}) {
    super(code, options);
    this.name = 'AppError';
    this.code = code;
    this.params = params;
  }
}

/** True when `error` is an {@link AppError} with this code. */
export function isAppError(error: unknown, code?: string): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
