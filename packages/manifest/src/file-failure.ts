import { ManifestError, type ManifestErrorCode } from "./manifest-error.js";

/** The error of a file operation of this machine, as ours, with the system's as its cause. Ours stay as they are. */
export function fileFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof ManifestError || !("syscall" in error)) {
    return error;
  }
  const { code: systemCode = "", path: failed = path } = error as NodeJS.ErrnoException;
  const code = codes[systemCode] ?? "IO_ERROR";
  // Where a file below it is meant: that one.
  const where = failed.endsWith(path) ? path : failed;
  const said = words[systemCode];
  const message = said === undefined ? `${path}: ${error.message}` : `${where} ${said}`;
  return new ManifestError(code, message, { cause: error, path });
}

const words: Readonly<Record<string, string>> = {
  ENOENT: "is not there",
  ENOTDIR: "is not there: what should be its folder is none",
  EACCES: "is not open to this user",
  EPERM: "is not open to this user",
  ENOSPC: "can't be written: the disk is full",
  EDQUOT: "can't be written: this user's share of the disk is full",
};

const codes: Readonly<Record<string, ManifestErrorCode>> = {
  ENOENT: "NOT_FOUND",
  ENOTDIR: "NOT_FOUND",
  ENOSPC: "NO_SPACE",
  EDQUOT: "NO_SPACE",
};
