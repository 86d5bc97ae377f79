/**
 * Every code that an error of Potassium can carry. Codes are API: match on them, never on messages.
 * What each means and what to do is listed in this package's README.
 */
export type ErrorCode =
  // the call
  | "INVALID_ARGUMENT"
  | "NOT_SUPPORTED"
  | "NOT_FOUND"
  | "ALREADY_EXISTS"
  | "CONFLICT"
  | "DISPOSED"
  // the other side
  | "UNAVAILABLE"
  | "TIMEOUT"
  | "UNAUTHORIZED"
  | "BAD_RESPONSE"
  | "TOO_LARGE"
  | "IO_ERROR"
  // servers
  | "IMAGE_NOT_FOUND"
  | "PORT_IN_USE"
  | "PORTS_EXHAUSTED"
  | "ADDRESS_IN_USE"
  | "ADDRESSES_EXHAUSTED"
  | "START_FAILED"
  | "NOT_READY"
  | "NOT_RUNNING"
  | "EXEC_FAILED"
  // registry
  | "CORRUPT_SNAPSHOT"
  // relay
  | "INVALID_BACKEND"
  // patches and updates
  | "CORRUPT_PATCH"
  | "UNSUPPORTED_FORMAT"
  | "CODEC_UNAVAILABLE"
  | "ENGINE_UNAVAILABLE"
  | "HASH_MISMATCH"
  | "INVALID_MANIFEST"
  | "BAD_SIGNATURE"
  | "STALE"
  | "DOWNGRADE"
  | "WRONG_TARGET"
  | "UNSAFE_PLACE"
  | "LOCKED"
  | "BUSY"
  | "NO_SPACE"
  | "REPAIR_NEEDED";
