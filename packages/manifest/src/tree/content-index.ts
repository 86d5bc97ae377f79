import type { HashedFile } from "./tree-index.js";

export interface ContentSource {
  readonly from: HashedFile;
  /** Whether its path is no longer in the new version, and this is the first file that takes its content. */
  readonly leaves: boolean;
}

/** Finds a file of the old version by its content. */
export class ContentIndex {
  readonly #byHash = new Map<
    string,
    { readonly stay: HashedFile[]; readonly leave: HashedFile[] }
  >();

  constructor(files: readonly HashedFile[], leaves: (path: string) => boolean) {
    for (const file of files) {
      // Empty files are all alike: none of them comes from another.
      if (file.sizeBytes === 0) continue;
      const twins = this.#byHash.get(file.hash) ?? { stay: [], leave: [] };
      this.#byHash.set(file.hash, twins);
      (leaves(file.path) ? twins.leave : twins.stay).push(file);
    }
  }

  /**
   * The old file that a new one is the content of: one that leaves, if any is left, and of those one of
   * the same name; otherwise any, the first by path.
   */
  find(file: HashedFile): ContentSource | undefined {
    const twins = this.#byHash.get(file.hash);
    if (twins === undefined) return undefined;
    const { stay, leave } = twins;
    if (leave.length === 0) {
      const [from] = stay;
      return from && { from, leaves: false };
    }
    const sameName = leave.findIndex(({ path }) => nameOf(path) === nameOf(file.path));
    const [from] = leave.splice(Math.max(sameName, 0), 1);
    // Later ones may still copy from it.
    if (from !== undefined) stay.push(from);
    return from && { from, leaves: true };
  }
}

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
