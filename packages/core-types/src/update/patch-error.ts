import { type ErrorDetails, PotassiumError } from "../error/potassium-error.js";

/** The codes that a `PatchEngine` may throw. */
export type PatchErrorCode =
  | "INVALID_ARGUMENT"
  | "NOT_FOUND"
  | "CORRUPT_PATCH"
  | "UNSUPPORTED_FORMAT"
  | "CODEC_UNAVAILABLE"
  | "ENGINE_UNAVAILABLE"
  | "HASH_MISMATCH"
  | "TOO_LARGE"
  | "TIMEOUT"
  | "IO_ERROR";

export interface PatchErrorDetails extends ErrorDetails {
  /** Where in the patch file, in bytes from its start. */
  readonly offset?: number | undefined;
}

/** The error of every patch engine. */
export class PatchError extends PotassiumError<PatchErrorCode> {
  /** With `CORRUPT_PATCH`: where in the patch file, in bytes from its start. */
  declare readonly offset?: number;

  constructor(code: PatchErrorCode, message: string, details: PatchErrorDetails = {}) {
    super(code, message, details);
    if (details.offset !== undefined) this.offset = details.offset;
  }
}
PatchError.prototype.name = "PatchError";
