import { PotassiumError } from "../error/potassium-error.js";

/** The codes that a `ServerRegistry` may throw. */
export type RegistryErrorCode =
  | "INVALID_ARGUMENT"
  | "NOT_FOUND"
  | "CONFLICT"
  | "DISPOSED"
  | "UNAVAILABLE"
  | "UNAUTHORIZED"
  | "TIMEOUT"
  | "BAD_RESPONSE"
  | "IO_ERROR"
  | "CORRUPT_SNAPSHOT";

/** The error of every registry. */
export class RegistryError extends PotassiumError<RegistryErrorCode> {}
RegistryError.prototype.name = "RegistryError";
