import { hashTree } from "../tree/hash-tree.js";
import { scanTree } from "../tree/scan-tree.js";
import { emptyTree, type Tree, type TreeIndex } from "../tree/tree-index.js";
import type { BuildProgressMeter } from "./build-progress-meter.js";
import type { CheckedBuildOptions } from "./check-build-options.js";
import { expectTreesForGo } from "./go-readers.js";
import type { OutFolder } from "./out-folder.js";

export interface TreesToRead {
  readonly oldDir: string | undefined;
  readonly newDir: string;
  readonly outs: readonly OutFolder[];
  readonly progress: BuildProgressMeter;
}

/**
 * Walks and hashes the trees of a build; without an old one that is empty.
 *
 * @throws `UNSAFE_PLACE`, `INVALID_ARGUMENT` (an out folder is in a tree), `NOT_FOUND`, `IO_ERROR`
 */
export async function readTrees(
  { oldDir, newDir, outs, progress }: TreesToRead,
  { fs, signal, rules, readers }: CheckedBuildOptions,
): Promise<readonly [before: TreeIndex, after: TreeIndex]> {
  progress.begin("scan");
  const scan = async (root: string) => {
    const tree = await scanTree(root, { fs, ignore: rules, signal });
    for (const out of outs) out.expectOutside(root, tree.folders);
    return tree;
  };
  const old = oldDir === undefined ? emptyTree : await scan(oldDir);
  const now = await scan(newDir);
  if (readers === "go") expectTreesForGo(old, now);
  progress.begin("hash", bytesOf(old) + bytesOf(now));
  const onBytes = (path: string, bytes: number) => progress.add(bytes, path);
  const hash = (root: string, tree: Tree) => hashTree(root, tree, { fs, signal, onBytes });
  const before = oldDir === undefined ? emptyTree : await hash(oldDir, old);
  return [before, await hash(newDir, now)];
}

export const bytesOf = ({ files }: Tree) =>
  files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
