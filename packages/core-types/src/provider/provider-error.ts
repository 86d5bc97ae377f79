import { PotassiumError } from "../error/potassium-error.js";

/** The codes that a `Provider` may throw. */
export type ProviderErrorCode =
  | "INVALID_ARGUMENT"
  | "NOT_SUPPORTED"
  | "NOT_FOUND"
  | "ALREADY_EXISTS"
  | "CONFLICT"
  | "DISPOSED"
  | "UNAVAILABLE"
  | "UNAUTHORIZED"
  | "TIMEOUT"
  | "BAD_RESPONSE"
  | "TOO_LARGE"
  | "IO_ERROR"
  | "IMAGE_NOT_FOUND"
  | "PORT_IN_USE"
  | "PORTS_EXHAUSTED"
  | "ADDRESS_IN_USE"
  | "ADDRESSES_EXHAUSTED"
  | "START_FAILED"
  | "NOT_READY"
  | "NOT_RUNNING"
  | "EXEC_FAILED";

/** The error of every provider. */
export class ProviderError extends PotassiumError<ProviderErrorCode> {}
ProviderError.prototype.name = "ProviderError";
