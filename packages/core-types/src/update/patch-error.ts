import { PotassiumError } from "../error/potassium-error.js";

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

/** The error of every patch engine. */
export class PatchError extends PotassiumError<PatchErrorCode> {}
PatchError.prototype.name = "PatchError";
