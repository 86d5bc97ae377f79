import type { ErrorCode } from "./error-code.js";

/** What an error may say beside its code and message. */
export interface ErrorDetails {
  /** The error that lies behind this one. */
  readonly cause?: unknown;
  /** The input at fault, as a path into the argument: `ports[0].host`. */
  readonly field?: string | undefined;
}

/**
 * Base of every error that a package of Potassium throws on purpose. Each package has one subclass,
 * which narrows `code`.
 *
 * Two copies of a package may be loaded at once, so tell errors apart by `code`, with
 * {@link hasErrorCode}, and not by `instanceof`.
 */
export class PotassiumError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  /** The input at fault, as a path into the argument: `ports[0].host`. */
  declare readonly field?: string;

  constructor(code: Code, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    if (details.field !== undefined) this.field = details.field;
  }
}
// Not in a static block, for which esbuild would rename the class.
PotassiumError.prototype.name = "PotassiumError";

/**
 * Whether `error` carries one of the given codes, whichever copy of Potassium made it.
 *
 * @example
 * ```ts
 * try {
 *   await provider.allocate(request);
 * } catch (error) {
 *   if (hasErrorCode(error, "PORT_IN_USE", "PORTS_EXHAUSTED")) return tryAnotherHost();
 *   throw error;
 * }
 * ```
 */
export function hasErrorCode<Code extends ErrorCode>(
  error: unknown,
  ...codes: readonly Code[]
): error is PotassiumError<Code> {
  return (
    error instanceof Error && "code" in error && (codes as readonly unknown[]).includes(error.code)
  );
}
