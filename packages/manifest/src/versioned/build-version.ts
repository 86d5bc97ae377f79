import { randomBytes } from "node:crypto";
import type { CheckedApplyOptions } from "../apply/apply-options.js";
import { installedBy } from "../apply/installed-by.js";
import { openStage } from "../apply/open-stage.js";
import { unless } from "../fs/file-system-code.js";
import { syncFolder } from "../fs/sync.js";
import { expectUnblocked } from "../plan/expect-unblocked.js";
import type { Ground } from "../plan/make-plan.js";
import type { UpdatePlan } from "../plan/update-plan.js";
import type { UpdateLock } from "../transaction/lock.js";
import { removeTree } from "../transaction/remove-tree.js";
import type { Site } from "../transaction/site.js";
import { walkTree } from "../tree/walk-tree.js";
import { NewVersion } from "./new-version.js";
import { pruneVersions } from "./prune-versions.js";
import {
  isFolderName,
  readPointer,
  type VersionPointer,
  versionPath,
  versionsFolder,
  writePointer,
} from "./version-pointer.js";

export interface VersionBuild {
  readonly ground: Ground;
  readonly plan: UpdatePlan;
  readonly pointer: VersionPointer | undefined;
}

/**
 * Carries out a plan into a new folder.
 *
 * @returns how many bytes the sources gave.
 */
export async function buildVersion(
  site: Site,
  lock: UpdateLock,
  { ground, plan, pointer }: VersionBuild,
  options: CheckedApplyOptions,
): Promise<number> {
  expectUnblocked(plan);
  const { signal, keepVersions } = options;
  const { tree } = ground;
  const stage = await openStage(site, tree, plan, options);
  await stage.make();
  const folder = folderName(plan.toVersion);
  const place = versionPath(site, folder);
  await makeVersionFolder(site, folder);
  try {
    const version = new NewVersion({
      site,
      from: tree.root,
      to: place,
      proven: provenBy(plan),
      operations: plan.operations,
      signal,
      onCopied: await copyProgress(tree, plan, options),
    });
    await version.takeOver();
    const places = [];
    for (const operation of plan.operations) {
      if (operation.kind !== "write") continue;
      const { newHash: hash, path } = operation;
      places.push({ hash, path: await version.placeFor(path) });
    }
    await stage.place(places);
    await version.finish();
    signal?.throwIfAborted();
    await lock.confirm();
    const old = pointer === undefined ? [] : [pointer.current, ...pointer.previous];
    const current = { folder, installed: installedBy(plan) };
    const next = { current, previous: old.slice(0, keepVersions - 1) };
    await writePointer(site, next);
    await pruneVersions(site, next);
  } catch (error) {
    const now = await readPointer(site).catch(() => undefined);
    const isCurrent = now?.current.folder === folder;
    if (!isCurrent) await removeTree(site.plainFs, place).catch(() => undefined);
    throw error;
  }
  await stage.remove();
  return stage.receivedBytes();
}

/** The hashes of what a full manifest alone has been compared with, path by path. */
function provenBy({ updates }: UpdatePlan): ReadonlyMap<string, string> {
  const [only, ...others] = updates;
  if (only?.manifest.fromVersion !== "" || others.length > 0) return new Map();
  return new Map(
    only.manifest.files.flatMap((entry) =>
      entry.action === "delete" ? [] : [[entry.path, entry.newHash] as const],
    ),
  );
}

/** A name that no other version's folder has, also where the same version is built again. */
function folderName(version: string): string {
  const end = randomBytes(4).toString("hex");
  const name = `${version}-${end}`;
  return isFolderName(name) && !version.startsWith(".") ? name : `version-${end}`;
}

async function makeVersionFolder(site: Site, folder: string): Promise<void> {
  const made = await unless(["EEXIST"], async () => {
    await site.fs.mkdir(`${site.root}/${versionsFolder}`);
    return true;
  });
  if (made) await syncFolder(site, site.root);
  await site.fs.mkdir(versionPath(site, folder));
}

async function copyProgress(
  tree: Site,
  { operations }: UpdatePlan,
  { onProgress }: CheckedApplyOptions,
): Promise<(path: string) => void> {
  const touched = new Set(operations.map(({ path }) => path));
  let [donePaths, totalPaths] = [0, 0];
  for await (const { path } of walkTree(tree.fs, tree.root)) if (!touched.has(path)) totalPaths++;
  return (path) => onProgress({ phase: "copy", path, donePaths: ++donePaths, totalPaths });
}
