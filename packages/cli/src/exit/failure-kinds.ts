import type { ErrorCode } from "@potassium/core-types";
import { ExitCode } from "./exit-code.js";

export interface FailureKind {
  readonly exitCode: ExitCode;
  /** What to do, for the end of the error's line. */
  readonly advice: string;
}

const kind = (exitCode: ExitCode, advice: string): FailureKind => ({ exitCode, advice });

/** What each code of Potassium's errors means for who typed the command. */
export const failureKinds = {
  INVALID_ARGUMENT: kind(ExitCode.usage, "Correct it; --help shows examples."),
  NOT_SUPPORTED: kind(ExitCode.refused, "Leave it out, or use another engine."),
  NOT_FOUND: kind(ExitCode.notFound, "Check the name or path."),
  ALREADY_EXISTS: kind(ExitCode.refused, "Choose another name."),
  CONFLICT: kind(ExitCode.refused, "Look at what is there now, then decide anew."),
  DISPOSED: kind(ExitCode.unexpected, "This is a bug: please report it."),
  UNAVAILABLE: kind(ExitCode.unavailable, "Check that it runs, and its address; then try again."),
  TIMEOUT: kind(ExitCode.unavailable, "Try again, or allow more time."),
  UNAUTHORIZED: kind(ExitCode.refused, "Correct the token, password or certificate."),
  BAD_RESPONSE: kind(ExitCode.unavailable, "Check that the address is that of the right service."),
  TOO_LARGE: kind(ExitCode.refused, "Raise the limit if the size is right."),
  IO_ERROR: kind(ExitCode.storage, "Check permissions and the disk; --verbose shows the cause."),
  IMAGE_NOT_FOUND: kind(ExitCode.notFound, "Correct the name, or pull or build the image."),
  PORT_IN_USE: kind(ExitCode.unavailable, "Choose another port, a range, or none."),
  PORTS_EXHAUSTED: kind(ExitCode.unavailable, "Widen the range, or stop servers."),
  ADDRESS_IN_USE: kind(ExitCode.unavailable, "Choose another address, or none."),
  ADDRESSES_EXHAUSTED: kind(ExitCode.unavailable, "Enlarge the network, or stop servers."),
  START_FAILED: kind(ExitCode.serverFailed, "Correct the image, command or environment."),
  NOT_READY: kind(ExitCode.serverFailed, "Look at its readiness, or allow more time."),
  NOT_RUNNING: kind(ExitCode.serverFailed, "Restart it first."),
  EXEC_FAILED: kind(ExitCode.serverFailed, "Check that the program is there and may be executed."),
  CORRUPT_SNAPSHOT: kind(ExitCode.corrupt, "Restore an older one, or begin empty."),
  INVALID_BACKEND: kind(ExitCode.refused, "Use host:port of a server that the relay allows."),
  CORRUPT_PATCH: kind(ExitCode.corrupt, "Fetch the patch again, or the whole file."),
  UNSUPPORTED_FORMAT: kind(ExitCode.refused, "Use the program that made it."),
  CODEC_UNAVAILABLE: kind(ExitCode.missing, "potassium doctor shows what this machine has."),
  ENGINE_UNAVAILABLE: kind(ExitCode.missing, "potassium doctor shows what to install."),
  HASH_MISMATCH: kind(ExitCode.corrupt, "Fetch or repair the file."),
  INVALID_MANIFEST: kind(ExitCode.refused, "Build the update anew; don't apply this one."),
  BAD_SIGNATURE: kind(ExitCode.refused, "Check which keys you trust; don't apply it."),
  STALE: kind(ExitCode.refused, "Fetch the newest update, and check the clock."),
  DOWNGRADE: kind(ExitCode.refused, "Give --allow-downgrade if you mean it."),
  WRONG_TARGET: kind(ExitCode.refused, "Take the update that was made for this installation."),
  UNSAFE_PLACE: kind(ExitCode.refused, "Remove what doesn't belong there."),
  LOCKED: kind(ExitCode.unavailable, "Wait until the other one has ended."),
  BUSY: kind(ExitCode.unavailable, "Close the game, and try again."),
  NO_SPACE: kind(ExitCode.storage, "Free space and try again: what was fetched is kept."),
  REPAIR_NEEDED: kind(ExitCode.corrupt, "Run potassium update repair with a full update."),
} as const satisfies Record<ErrorCode, FailureKind>;
