import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { bsdiff, createHdiff } from "@potassium/diff";
import {
  applyUpdate,
  buildUpdate,
  folderSource,
  type KeyPair,
  openUpdate,
  type Update,
} from "@potassium/manifest";
import { writeKillTrees } from "./kill-tree.js";
import { type TreeHashes, treeHashes } from "./tree-hashes.js";

export type Mode = "in-place" | "versioned";

/** A small update that is killed at one place after the other, and both its versions. */
export interface KillSubject {
  readonly folder: string;
  readonly oldDir: string;
  readonly newDir: string;
  readonly old: TreeHashes;
  readonly new: TreeHashes;
  readonly updateFolder: string;
  readonly update: Update;
  readonly publicKey: string;
  /** Where an installation of that mode is copied to. */
  readonly root: string;
  /** Puts the old version there. */
  readonly reset: (mode: Mode) => Promise<void>;
}

export async function killSubject(folder: string, keys: KeyPair): Promise<KillSubject> {
  const path = (name: string) => join(folder, name);
  const [oldDir, newDir, updateFolder] = [path("old"), path("new"), path("update")];
  await writeKillTrees(oldDir, newDir);
  const { publicKey, privateKey } = keys;
  const hdiff = createHdiff();
  await buildUpdate(oldDir, newDir, updateFolder, {
    engines: [hdiff],
    fromVersion: "1",
    toVersion: "2",
    sign: [privateKey],
  });
  await buildUpdate(undefined, oldDir, path("full"), { engines: [], toVersion: "1" });
  const full = await openUpdate(folderSource(path("full")), { allowUnsigned: true });
  const pristine = { "in-place": oldDir, versioned: path("old-versioned") };
  await mkdir(pristine.versioned);
  await applyUpdate(pristine.versioned, full, { mode: "versioned", engines: [hdiff, bsdiff] });
  const root = path("game");
  return {
    folder,
    oldDir,
    newDir,
    old: treeHashes(oldDir),
    new: treeHashes(newDir),
    updateFolder,
    update: await openUpdate(folderSource(updateFolder), { trust: { keys: [publicKey] } }),
    publicKey,
    root,
    reset: async (mode) => {
      await rm(root, { recursive: true, force: true });
      await cp(pristine[mode], root, { recursive: true, verbatimSymlinks: true });
    },
  };
}
