// Applies patches by bsdiff-node, which does not check them and can end its process: so in one of its own.
import { createRequire } from "node:module";

/** A file each, for `process.send`. */
export interface BsdiffNodeJob {
  readonly oldPath: string;
  readonly patchPath: string;
  readonly newPath: string;
}

interface BsdiffNode {
  patch(oldPath: string, newPath: string, patchPath: string): Promise<void>;
}

const bsdiffNode = createRequire(import.meta.url)("bsdiff-node") as BsdiffNode;
process.on("message", async ({ oldPath, patchPath, newPath }: BsdiffNodeJob) => {
  await bsdiffNode.patch(oldPath, newPath, patchPath);
  process.send?.("done");
});
process.once("disconnect", () => process.exit());
process.send?.("ready");
