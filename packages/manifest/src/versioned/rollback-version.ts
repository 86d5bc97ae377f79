import { type AbortOptions, optionNames, parseOptions } from "@potassium/core-types";
import { fileFailure } from "../file-failure.js";
import { invalidArgument } from "../invalid-argument.js";
import { ManifestError } from "../manifest-error.js";
import { checkRoot } from "../plan/plan-options.js";
import { withLock } from "../transaction/lock.js";
import { openSite, type SiteOptions } from "../transaction/site.js";
import { type CurrentVersion, currentVersion } from "./current-version.js";
import { readPointer, versionPath, writePointer } from "./version-pointer.js";

export interface RollbackVersionOptions extends AbortOptions, SiteOptions {
  /** Which of the kept versions to come back to. @default the one before the current one */
  readonly toVersion?: string | undefined;
}

const names = optionNames<RollbackVersionOptions>({
  toVersion: true,
  fs: true,
  system: true,
  busyTimeoutMs: true,
  owners: true,
  signal: true,
});

/**
 * Comes back to a version that is kept, in a root that is updated with `mode: "versioned"`: by writing
 * `current.json` alone, as one step. The version that is left can be come back to likewise, as long as it is kept.
 *
 * @throws `NOT_FOUND` where no such version is kept, `LOCKED`, `REPAIR_NEEDED`, `IO_ERROR`, `INVALID_ARGUMENT`
 */
export async function rollbackVersion(
  root: string,
  options: RollbackVersionOptions = {},
): Promise<CurrentVersion> {
  parseOptions(options, names, invalidArgument);
  checkRoot(root);
  const { toVersion, fs } = options;
  const site = openSite(root, options);
  try {
    await withLock(root, options, async (lock) => {
      const pointer = await readPointer(site);
      const { current, previous = [] } = pointer ?? {};
      const target = previous.find(
        ({ installed }) => installed.version === (toVersion ?? installed.version),
      );
      if (current === undefined || target === undefined) throw notKept(root, toVersion);
      const there = await site.fs.lstat(versionPath(site, target.folder));
      if (!there.isDirectory()) throw notKept(root, toVersion);
      const others = previous.filter((version) => version !== target);
      await lock.confirm();
      await writePointer(site, { current: target, previous: [current, ...others] });
    });
    return (await currentVersion(root, { fs })) as CurrentVersion;
  } catch (error) {
    throw fileFailure(error, root);
  }
}

function notKept(root: string, version: string | undefined): ManifestError {
  const which =
    version === undefined ? "no version before the current one" : `no version ${version}`;
  return new ManifestError("NOT_FOUND", `${root} keeps ${which}`, { path: root });
}
