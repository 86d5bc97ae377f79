import { currentFolder } from "@potassium/manifest";
import type { KillSubject } from "./kill-subject.js";
import { hasAllFiles, isSameTree, treeHashes } from "./tree-hashes.js";

/** Counts what was found after an update was killed at one place after the other. */
export class Outcomes {
  old = 0;
  new = 0;
  broken = 0;
  /** Of those that are old: the update could not be applied again. */
  stuck = 0;
  /** Of those that are counted: files were there that belong to neither version, or an old one that should be gone. */
  litter = 0;

  constructor(readonly subject: KillSubject) {}

  get points(): number {
    return this.old + this.new + this.broken;
  }

  /**
   * Looks for a version of which every file is there, and counts what lies about beside. Where neither is there, and
   * `again` doesn't make the new one of it either, the place is broken.
   */
  async look(again: () => Promise<void>): Promise<void> {
    const before = await this.#found();
    await again().catch(() => undefined);
    const after = await this.#found();
    const isNewAfter = after?.version === "new";
    if (before === undefined && !isNewAfter) this.broken += 1;
    else if (before?.version === "old") this.old += 1;
    else this.new += 1;
    if (before?.version === "old" && !isNewAfter) this.stuck += 1;
    if (before?.clean === false || after?.clean === false) this.litter += 1;
  }

  async #found(): Promise<
    { readonly version: "old" | "new"; readonly clean: boolean } | undefined
  > {
    const found = treeHashes(await currentFolder(this.subject.root).catch(() => this.subject.root));
    for (const version of ["new", "old"] as const) {
      const wanted = this.subject[version];
      if (hasAllFiles(found, wanted)) return { version, clean: isSameTree(found, wanted) };
    }
    return undefined;
  }
}
