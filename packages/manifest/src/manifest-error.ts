import { type ErrorDetails, PotassiumError } from "@potassium/core-types";

/** The codes that a call of this package may throw. */
export type ManifestErrorCode =
  // the call
  | "INVALID_ARGUMENT"
  | "NOT_FOUND"
  // the update
  | "INVALID_MANIFEST"
  | "BAD_SIGNATURE"
  | "STALE"
  | "DOWNGRADE"
  | "WRONG_TARGET"
  | "HASH_MISMATCH"
  | "CORRUPT_PATCH"
  | "TOO_LARGE"
  | "ENGINE_UNAVAILABLE"
  // the source
  | "UNAVAILABLE"
  | "TIMEOUT"
  | "BAD_RESPONSE"
  // the installation
  | "UNSAFE_PLACE"
  | "CONFLICT"
  | "LOCKED"
  | "BUSY"
  | "NO_SPACE"
  | "REPAIR_NEEDED"
  | "IO_ERROR";

/** One path of a tree, and what is wrong with it. */
export interface PathProblem {
  readonly path: string;
  readonly problem: string;
}

export interface ManifestErrorDetails extends ErrorDetails {
  /** The path in the tree. */
  readonly path?: string | undefined;
  /** SHA-256 of what is there, in hexadecimal. */
  readonly foundHash?: string | undefined;
  /** SHA-256 of what should be there. */
  readonly expectedHash?: string | undefined;
  readonly problems?: readonly PathProblem[] | undefined;
}

/** The error of every call of this package. */
export class ManifestError extends PotassiumError<ManifestErrorCode> {
  /** The path in the tree that the error is about. */
  declare readonly path?: string;
  /** With `CONFLICT` and `HASH_MISMATCH`: SHA-256 of what is there, in hexadecimal. */
  declare readonly foundHash?: string;
  /** With `CONFLICT` and `HASH_MISMATCH`: SHA-256 of what should be there. */
  declare readonly expectedHash?: string;
  /** Where there are several: each path, and what is wrong with it. */
  declare readonly problems?: readonly PathProblem[];

  constructor(code: ManifestErrorCode, message: string, details: ManifestErrorDetails = {}) {
    super(code, message, details);
    if (details.path !== undefined) this.path = details.path;
    if (details.foundHash !== undefined) this.foundHash = details.foundHash;
    if (details.expectedHash !== undefined) this.expectedHash = details.expectedHash;
    if (details.problems !== undefined) this.problems = details.problems;
  }
}
ManifestError.prototype.name = "ManifestError";
