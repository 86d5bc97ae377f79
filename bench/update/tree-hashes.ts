import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";

export type TreeHashes = ReadonlyMap<string, string>;

/** The hash and mode of every file in a folder, if it is there, and its folders; of the updater's own folder nothing. */
export function treeHashes(root: string): TreeHashes {
  const hashes = new Map<string, string>();
  if (!existsSync(root)) return hashes;
  const names = readdirSync(root).filter((name) => name !== ".potassium");
  while (names.length > 0) {
    const path = names.pop() as string;
    const status = lstatSync(`${root}/${path}`);
    if (status.isDirectory()) {
      hashes.set(path, "folder");
      names.push(...readdirSync(`${root}/${path}`).map((name) => `${path}/${name}`));
    } else {
      const hash = createHash("sha256").update(readFileSync(`${root}/${path}`));
      hashes.set(path, `${hash.digest("hex")} ${(status.mode & 0o777).toString(8)}`);
    }
  }
  return hashes;
}

/** Whether two trees are the same, to the last mode. */
export function isSameTree(one: TreeHashes, other: TreeHashes): boolean {
  return one.size === other.size && hasAllFiles(one, other);
}

/** Whether every file of `wanted` is in `found`, whatever is there beside. */
export function hasAllFiles(found: TreeHashes, wanted: TreeHashes): boolean {
  return [...wanted].every(([path, hash]) => found.get(path) === hash);
}
