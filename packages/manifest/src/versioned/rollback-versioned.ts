import { nothingThere, unless } from "../fs/file-system-code.js";
import { ManifestError } from "../manifest-error.js";
import type { UpdateLock } from "../transaction/lock.js";
import type { Site } from "../transaction/site.js";
import { readPointer, type VersionFolder, versionPath, writePointer } from "./version-pointer.js";

/**
 * Makes a version that is kept the current one, by writing `current.json` alone. The caller holds the lock.
 *
 * @param toVersion by default the one before the current one.
 * @returns the version that is there now
 * @throws `NOT_FOUND` where no such version is kept, `REPAIR_NEEDED`, `IO_ERROR`
 */
export async function rollbackVersioned(
  site: Site,
  lock: UpdateLock,
  toVersion: string | undefined,
): Promise<string> {
  const { current, previous = [] } = (await readPointer(site)) ?? {};
  const target = previous.find(
    ({ installed }) => installed.version === (toVersion ?? installed.version),
  );
  if (current === undefined || target === undefined) throw notKept(site, toVersion, previous);
  const there = await unless(nothingThere, () => site.fs.lstat(versionPath(site, target.folder)));
  if (!there?.isDirectory()) throw notKept(site, toVersion, previous);
  const others = previous.filter((version) => version !== target);
  await lock.confirm();
  await writePointer(site, { current: target, previous: [current, ...others] });
  return target.installed.version;
}

function notKept(
  { root }: Site,
  version: string | undefined,
  previous: readonly VersionFolder[],
): ManifestError {
  const kept = previous.map(({ installed }) => installed.version).join(", ");
  const which =
    version === undefined || kept === ""
      ? "no version before the current one"
      : `not version ${version}, but ${kept}`;
  return new ManifestError("NOT_FOUND", `${root} keeps ${which}`, { path: root });
}
