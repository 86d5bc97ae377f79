import { PatchError } from "../../../src/index.js";

/** Runs a call of the file system; what it throws becomes a `PatchError` that names the file. */
export async function doFileWork<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof PatchError) throw cause;
    const missing =
      cause instanceof Error &&
      "code" in cause &&
      (cause.code === "ENOENT" || cause.code === "ENOTDIR");
    if (missing) throw new PatchError("NOT_FOUND", `there is no ${path}`, { cause });
    throw new PatchError("IO_ERROR", `${path} can't be read or written`, { cause });
  }
}
