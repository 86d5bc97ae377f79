import type { FolderEntry, LinkEntry } from "@potassium/core-types";
import { ContentIndex } from "./content-index.js";
import { byPath, type HashedFile, type TreeIndex } from "./tree-index.js";

/** What becomes of one file between two versions. */
export type FileChange =
  /** New content: no file of the old version has it. */
  | { readonly kind: "added"; readonly file: HashedFile }
  /** The same path with other content, which no file of the old version has. */
  | { readonly kind: "changed"; readonly file: HashedFile; readonly old: HashedFile }
  /** Content of a file that is at `from.path` no more. */
  | { readonly kind: "moved"; readonly file: HashedFile; readonly from: HashedFile }
  /** Content of `from`, in the place of `old` where there was one. */
  | {
      readonly kind: "copied";
      readonly file: HashedFile;
      readonly from: HashedFile;
      readonly old?: HashedFile | undefined;
    }
  /** Only whether it may be run. */
  | { readonly kind: "mode-changed"; readonly file: HashedFile; readonly old: HashedFile }
  /** Also of a file that was moved: its old path. */
  | { readonly kind: "deleted"; readonly file: HashedFile };

/** What turns one tree into another. */
export interface TreeChanges {
  /** Sorted by path. */
  readonly files: readonly FileChange[];
  readonly unchangedFiles: number;
  /** Sorted by path; a link that leads elsewhere now is added with its `oldTarget`. */
  readonly links: readonly LinkEntry[];
  /** Empty folders that are new, then folders that are gone, each before the one it is in. */
  readonly folders: readonly FolderEntry[];
}

/** Compares two versions of a tree by path and content. */
export function compareTrees(before: TreeIndex, after: TreeIndex): TreeChanges {
  const olds = new Map(before.files.map((file) => [file.path, file]));
  const news = new Set(after.files.map(({ path }) => path));
  const contents = new ContentIndex(before.files, (path) => !news.has(path));
  const files: FileChange[] = [];
  let unchangedFiles = 0;
  for (const file of after.files) {
    const change = changeOf(file, olds.get(file.path), contents);
    if (change === undefined) unchangedFiles++;
    else files.push(change);
  }
  for (const file of before.files) if (!news.has(file.path)) files.push({ kind: "deleted", file });
  return Object.freeze({
    files: Object.freeze(files.sort((a, b) => byPath(a.file, b.file))),
    unchangedFiles,
    links: Object.freeze(compareLinks(before, after)),
    folders: Object.freeze(compareFolders(before, after)),
  });
}

function changeOf(
  file: HashedFile,
  old: HashedFile | undefined,
  contents: ContentIndex,
): FileChange | undefined {
  if (old?.hash === file.hash) {
    if (old.executable === file.executable) return undefined;
    return { kind: "mode-changed", file, old };
  }
  const source = contents.find(file);
  if (source?.leaves && old === undefined) return { kind: "moved", file, from: source.from };
  if (source !== undefined) return { kind: "copied", file, from: source.from, old };
  return old === undefined ? { kind: "added", file } : { kind: "changed", file, old };
}

function compareLinks(before: TreeIndex, after: TreeIndex): LinkEntry[] {
  const olds = new Map(before.links.map(({ path, target }) => [path, target]));
  const news = new Set(after.links.map(({ path }) => path));
  const entries: LinkEntry[] = [];
  for (const { path, target } of after.links) {
    const oldTarget = olds.get(path);
    if (oldTarget === undefined) entries.push({ action: "add", path, target });
    else if (oldTarget !== target) entries.push({ action: "add", path, target, oldTarget });
  }
  for (const { path, target: oldTarget } of before.links) {
    if (!news.has(path)) entries.push({ action: "delete", path, oldTarget });
  }
  return entries.sort(byPath);
}

function compareFolders(before: TreeIndex, after: TreeIndex): FolderEntry[] {
  const [emptyBefore, emptyAfter] = [new Set(emptyFolders(before)), emptyFolders(after)];
  const kept = new Set(after.folders);
  const added = emptyAfter.filter((path) => !emptyBefore.has(path));
  const gone = before.folders.filter((path) => !kept.has(path)).reverse();
  return [
    ...added.map((path): FolderEntry => ({ action: "add", path })),
    ...gone.map((path): FolderEntry => ({ action: "delete", path })),
  ];
}

/** Folders with nothing in them: the others come with what they hold. */
function emptyFolders({ files, links, folders }: TreeIndex): readonly string[] {
  const filled = new Set<string>();
  const add = (path: string) => filled.add(path.slice(0, Math.max(0, path.lastIndexOf("/"))));
  for (const { path } of files) add(path);
  for (const { path } of links) add(path);
  for (const path of folders) add(path);
  return folders.filter((path) => !filled.has(path));
}
