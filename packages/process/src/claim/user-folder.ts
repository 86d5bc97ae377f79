import { lstat, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProviderError } from "@potassium/core-types";

/**
 * The folder that all providers of this user on this machine share: claims of ports, and whatever is
 * temporary. Only the user can look into it.
 *
 * @throws {ProviderError} `UNAVAILABLE` where somebody else has put something in its place.
 */
export async function userFolder(): Promise<string> {
  const user = process.getuid?.();
  const path = join(tmpdir(), user === undefined ? "potassium" : `potassium-${user}`);
  await mkdir(path, { recursive: true, mode: 0o700 });
  const found = await lstat(path);
  if (!found.isDirectory() || (user !== undefined && found.uid !== user)) {
    throw new ProviderError(
      "UNAVAILABLE",
      `${path} belongs to somebody else: remove it, or set TMPDIR`,
    );
  }
  return path;
}
