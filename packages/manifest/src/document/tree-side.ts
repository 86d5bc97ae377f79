import { foldPath } from "./fold-path.js";

/**
 * One version's tree, as far as a manifest tells of it: finds what cannot stand side by side on every
 * system. Each `add…` tells what is wrong with the new path, or nothing.
 */
export class TreeSide {
  /** Files and links, by their folded path. */
  readonly #leaves = new Map<string, string>();
  readonly #folders = new Map<string, string>();

  /** Adds a file or a link. */
  addLeaf(path: string): string | undefined {
    const key = foldPath(path);
    const twin = this.#leaves.get(key);
    if (twin === path) return "is there twice";
    if (twin !== undefined) return `is one file with ${quoted(twin)} where case is not told apart`;
    const folder = this.#folders.get(key);
    if (folder !== undefined)
      return `is a file where another path needs the folder ${quoted(folder)}`;
    const problem = this.#addParents(path);
    // A path that is refused leaves no trace that would let a later one pass.
    if (problem === undefined) this.#leaves.set(key, path);
    return problem;
  }

  /** Adds a folder, which may be there already. */
  addFolder(path: string): string | undefined {
    const key = foldPath(path);
    const leaf = this.#leaves.get(key);
    if (leaf !== undefined) return `is a folder where ${quoted(leaf)} is a file`;
    const known = this.#folders.get(key);
    if (known === path) return undefined;
    if (known !== undefined) {
      return `spells the folder ${quoted(known)} of another path in another way`;
    }
    const problem = this.#addParents(path);
    if (problem === undefined) this.#folders.set(key, path);
    return problem;
  }

  /** Whether there is a path below this folder, or an entry of its own for it. */
  hasFolder(path: string): boolean {
    return this.#folders.get(foldPath(path)) === path;
  }

  #addParents(path: string): string | undefined {
    const end = path.lastIndexOf("/");
    return end === -1 ? undefined : this.addFolder(path.slice(0, end));
  }
}

const quoted = (path: string) => JSON.stringify(path);
