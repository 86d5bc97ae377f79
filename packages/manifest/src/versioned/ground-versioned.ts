import { downloadedBytes } from "../apply/download-folder.js";
import { freeBytesOf } from "../plan/free-bytes.js";
import type { Ground } from "../plan/make-plan.js";
import type { PlannedOperation } from "../plan/update-plan.js";
import { checkPrivateFolder } from "../transaction/private-folders.js";
import { openSite, type Site, type SiteOptions } from "../transaction/site.js";
import { walkTree } from "../tree/walk-tree.js";
import {
  readPointer,
  type VersionPointer,
  versionPath,
  versionsFolder,
} from "./version-pointer.js";

/** The current version's folder, which is only read. */
export async function groundVersioned(
  site: Site,
  options: SiteOptions,
  known?: VersionPointer,
): Promise<Ground> {
  await checkPrivateFolder(site, `${site.root}/${versionsFolder}`);
  const pointer = known ?? (await readPointer(site));
  const free = await freeBytesOf(site);
  const freeBytes = free === undefined ? undefined : free + (await downloadedBytes(site));
  // No version's folder begins with a dot: nothing is there.
  const tree = openSite(versionPath(site, pointer?.current.folder ?? ".none"), options);
  if (pointer === undefined) return { mode: "versioned", tree, installed: undefined, freeBytes };
  await checkPrivateFolder(site, tree.root);
  const copyBytes = (operations: readonly PlannedOperation[]) => bytesBut(tree, operations);
  const { installed } = pointer.current;
  return { mode: "versioned", tree, installed, freeBytes, copyBytes };
}

async function bytesBut(tree: Site, operations: readonly PlannedOperation[]): Promise<number> {
  const touched = new Set(operations.map(({ path }) => path));
  let bytes = 0;
  for await (const { path, status } of walkTree(tree.fs, tree.root)) {
    if (status.isFile() && !touched.has(path)) bytes += status.size;
  }
  return bytes;
}
