import { PatchError } from "@potassium/core-types";

/** Does what reads a patch file, and names the file in the error where the patch is at fault. */
export async function namingPatch<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    const { code, message, offset } = error;
    if (code !== "CORRUPT_PATCH" && code !== "UNSUPPORTED_FORMAT") throw error;
    throw new PatchError(code, `${path}: ${message}`, { offset, cause: error.cause });
  }
}
