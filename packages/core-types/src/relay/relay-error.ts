import { PotassiumError } from "../error/potassium-error.js";

/** The codes that `RelayRoutes` may throw. */
export type RelayErrorCode =
  | "INVALID_ARGUMENT"
  | "INVALID_BACKEND"
  | "UNAUTHORIZED"
  | "UNAVAILABLE"
  | "TIMEOUT"
  | "BAD_RESPONSE"
  | "TOO_LARGE"
  | "CONFLICT"
  | "PORT_IN_USE"
  | "DISPOSED"
  | "IO_ERROR";

/** The error of every relay. */
export class RelayError extends PotassiumError<RelayErrorCode> {}
RelayError.prototype.name = "RelayError";
