import { PatchError, shownValue } from "@potassium/core-types";

/** @throws `INVALID_ARGUMENT` for what no file system takes as a path. */
export function parsePath(path: unknown, field: string): string {
  if (typeof path === "string" && path !== "" && !path.includes("\0")) return path;
  throw new PatchError("INVALID_ARGUMENT", `${field} ${problemOf(path)}`, { field });
}

function problemOf(path: unknown): string {
  if (path === "") return "is empty";
  if (typeof path === "string") return "must be a path without NUL";
  if (path instanceof URL) return "must be a path, not a URL: give fileURLToPath(url)";
  if (path instanceof Uint8Array) {
    return "must be a path, not bytes: for those there are applyBytes() and generateBytes()";
  }
  return `must be a path, not ${shownValue(path)}`;
}
