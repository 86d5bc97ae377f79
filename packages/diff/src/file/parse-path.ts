import { PatchError } from "@potassium/core-types";

/** @throws `INVALID_ARGUMENT` for what no file system takes as a path. */
export function parsePath(path: unknown, field: string): string {
  if (typeof path !== "string" || path === "" || path.includes("\0")) {
    const problem = path === "" ? "is empty" : "must be a path: a text without NUL";
    throw new PatchError("INVALID_ARGUMENT", `${field} ${problem}`, { field });
  }
  return path;
}
