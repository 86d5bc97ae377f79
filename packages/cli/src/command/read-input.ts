import { readFile } from "node:fs/promises";

/**
 * Reads a small file that the command line names.
 *
 * @param what for the message: "public key".
 * @throws {PotassiumError} `NOT_FOUND`, `IO_ERROR`
 */
export async function readInput(path: string, what: string): Promise<string> {
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
