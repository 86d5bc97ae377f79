import type { Sha256Hex } from "@potassium/core-types";

/** A file of a tree. */
export interface TreeFile {
  /** Below the tree's root, with `/` between its segments. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Whether its owner may run it. `undefined` on Windows, which has no such bit. */
  readonly executable: boolean | undefined;
  /** When it was last written, in milliseconds since 1970. */
  readonly modifiedMs: number;
}

export interface TreeLink {
  readonly path: string;
  /** What it holds, with `/` between its segments. */
  readonly target: string;
}

/** What a folder holds, at any depth. Each list is sorted by path, by code units. */
export interface Tree<File extends TreeFile = TreeFile> {
  readonly files: readonly File[];
  readonly links: readonly TreeLink[];
  /** All folders but the root. */
  readonly folders: readonly string[];
}

export interface HashedFile extends TreeFile {
  readonly hash: Sha256Hex;
}

/** A tree whose files' contents are known by their SHA-256. */
export type TreeIndex = Tree<HashedFile>;

export const emptyTree: TreeIndex = Object.freeze({ files: [], links: [], folders: [] });

/** For sorting: by code units, the same on every system and in every language. */
export const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
