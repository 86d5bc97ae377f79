import { optionNames, parseOptions } from "@potassium/core-types";
import { fileFailure } from "../file-failure.js";
import type { UpdateFileSystem } from "../fs/update-file-system.js";
import { invalidArgument } from "../invalid-argument.js";
import { checkRoot } from "../plan/plan-options.js";
import type { Installed } from "../transaction/operation.js";
import { openSite } from "../transaction/site.js";
import { readPointer, versionPath } from "./version-pointer.js";

export interface CurrentVersionOptions {
  readonly fs?: UpdateFileSystem | undefined;
}

export interface CurrentVersion extends Installed {
  /** The folder with the version's files, absolute. */
  readonly path: string;
  /** Versions that `rollbackVersion` can come back to, the last first. */
  readonly previous: readonly string[];
}

const names = optionNames<CurrentVersionOptions>({ fs: true });

/**
 * Where the current version is, in a root that is updated with `mode: "versioned"`. Such a root holds
 * `current.json`, which names the current version's folder; `versions/`, with a folder for each version that is
 * kept; and the updater's own `.potassium/`. A launcher asks for the path each time that it starts the game.
 *
 * @returns `undefined` where no version is installed.
 * @throws `REPAIR_NEEDED` where `current.json` is damaged, `IO_ERROR`, `INVALID_ARGUMENT`
 * @example
 * ```ts
 * const current = await currentVersion("/games/skywars");
 * if (current !== undefined) spawn(join(current.path, "game"));
 * ```
 */
export async function currentVersion(
  root: string,
  options: CurrentVersionOptions = {},
): Promise<CurrentVersion | undefined> {
  parseOptions(options, names, invalidArgument);
  checkRoot(root);
  const site = openSite(root, options);
  try {
    const pointer = await readPointer(site);
    if (pointer === undefined) return undefined;
    const { current, previous } = pointer;
    return Object.freeze({
      ...current.installed,
      path: versionPath(site, current.folder),
      previous: Object.freeze(previous.map(({ installed }) => installed.version)),
    });
  } catch (error) {
    throw fileFailure(error, root);
  }
}
