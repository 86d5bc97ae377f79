import { readFile } from "node:fs/promises";
import { usageError } from "../exit/usage-error.js";

/**
 * Reads a small file that the command line names.
 *
 * @param what for the message: "public key".
 * @throws {PotassiumError} `NOT_FOUND`, `IO_ERROR`; a usage error where a key's own text stands in the place of its path
 */
export async function readInput(path: string, what: string): Promise<string> {
  // No message may repeat it, nor that of what the file system says.
  if (path.includes("-----BEGIN ")) {
    throw usageError(`the ${what} is taken from a file: give its path, not its text`);
  }
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const { PotassiumError } = await import("@potassium/core-types");
    const isMissing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    if (isMissing)
      throw new PotassiumError("NOT_FOUND", `there is no ${what} at ${path}`, { cause });
    throw new PotassiumError("IO_ERROR", `the ${what} ${path} can't be read`, { cause });
  }
}
