import { ManifestError, type ManifestErrorCode } from "./manifest-error.js";

/** The error of a file operation of this machine, as ours, with the system's as its cause. Ours stay as they are. */
export function fileFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof ManifestError || !("syscall" in error)) {
    return error;
  }
  const code = codes[(error as NodeJS.ErrnoException).code ?? ""] ?? "IO_ERROR";
  return new ManifestError(code, `${path}: ${error.message}`, { cause: error, path });
}

const codes: Readonly<Record<string, ManifestErrorCode>> = {
  ENOENT: "NOT_FOUND",
  ENOTDIR: "NOT_FOUND",
  ENOSPC: "NO_SPACE",
  EDQUOT: "NO_SPACE",
};
