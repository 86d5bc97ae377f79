import { PatchError } from "@potassium/core-types";

/**
 * The error for a file that can't be used: `NOT_FOUND` where it isn't there, else `IO_ERROR`. What is
 * already an error of ours stays as it is.
 *
 * @param deed - What was tried: "read", "write".
 */
export function fileProblem(error: unknown, deed: string, path: string): PatchError {
  if (error instanceof PatchError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const absent = code === "ENOENT" || code === "ENOTDIR";
  return new PatchError(
    absent ? "NOT_FOUND" : "IO_ERROR",
    // Node's message ends with the path that it was given, which may be a temporary file's.
    `can't ${deed} ${path}: ${absent ? "it is not there" : message.replace(/, \w+ '.*'$/s, "")}`,
    { cause: error },
  );
}
