import { join } from "node:path";
import { type AbortOptions, relativePathProblem } from "@potassium/core-types";
import { isPrivatePath } from "../document/private-folder.js";
import { fileFailure } from "../file-failure.js";
import type { UpdateFileSystem } from "../fs/update-file-system.js";
import { ManifestError, type PathProblem } from "../manifest-error.js";
import { checkTree } from "./check-tree.js";
import { forEachBounded } from "./for-each-bounded.js";
import type { IgnoreRules } from "./ignore-rules.js";
import { byPath, type Tree, type TreeFile, type TreeLink } from "./tree-index.js";

/** The part of the file system that a walk uses. */
export type ScanFileSystem = Pick<UpdateFileSystem, "lstat" | "stat" | "readdir" | "readlink">;

export interface ScanOptions extends AbortOptions {
  readonly fs: ScanFileSystem;
  readonly ignore: IgnoreRules;
  /** Whose rules the file system has. @default process.platform */
  readonly platform?: NodeJS.Platform | undefined;
}

/**
 * Walks a folder, never through a symbolic link, and lists what is in it. The updater's own folder in the
 * root is left out.
 *
 * @throws `UNSAFE_PLACE` with all paths in `problems` that an update can't hold, by the rules of every
 *   system; `NOT_FOUND`, `IO_ERROR`
 */
export async function scanTree(root: string, options: ScanOptions): Promise<Tree> {
  const { fs, signal } = options;
  signal?.throwIfAborted();
  const status = await failing(root, () => fs.stat(root));
  if (!status.isDirectory()) throw unsafe(`${root} is no folder`, root, []);
  const walk = new Walk(root, options);
  for (let level = [""]; level.length > 0; level = walk.nextLevel()) {
    await forEachBounded(level, 8, (folder) => walk.list(folder), signal);
  }
  return walk.result();
}

class Walk {
  readonly #files: TreeFile[] = [];
  readonly #links: TreeLink[] = [];
  readonly #folders: string[] = [];
  readonly #problems: PathProblem[] = [];
  #level: string[] = [];

  constructor(
    readonly root: string,
    readonly options: ScanOptions,
  ) {}

  /** The folders that were found since the last call. */
  nextLevel(): string[] {
    const level = this.#level;
    this.#level = [];
    return level;
  }

  async list(folder: string): Promise<void> {
    const { fs, signal } = this.options;
    const place = join(this.root, folder);
    const names = await failing(place, () => fs.readdir(place));
    const paths = names.map((name) => (folder === "" ? name : `${folder}/${name}`));
    const shipped = paths.filter((path) => !isPrivatePath(path));
    await forEachBounded(shipped, 16, (path) => this.#look(path), signal);
  }

  async #look(path: string): Promise<void> {
    const { fs, ignore, platform = process.platform } = this.options;
    const place = join(this.root, path);
    const status = await failing(place, () => fs.lstat(place)).catch((error: unknown) => {
      // A name that is no UTF-8 is given with this in the place of what isn't.
      if (!path.includes("\ufffd")) throw error;
      return undefined;
    });
    if (status === undefined) return this.#refuse(path, "must be UTF-8");
    if (ignore(path, status.isDirectory())) return;
    const problem = relativePathProblem(path);
    if (problem !== undefined) return this.#refuse(path, problem);
    if (status.isDirectory()) {
      this.#folders.push(path);
      this.#level.push(path);
    } else if (status.isSymbolicLink()) {
      const target = await failing(place, () => fs.readlink(place));
      const text = platform === "win32" ? target.replaceAll("\\", "/") : target;
      this.#links.push(Object.freeze({ path, target: text }));
    } else if (status.isFile()) {
      const executable = platform === "win32" ? undefined : (status.mode & 0o100) !== 0;
      const { size: sizeBytes, mtimeMs: modifiedMs } = status;
      this.#files.push(Object.freeze({ path, sizeBytes, executable, modifiedMs }));
    } else {
      this.#refuse(path, "is no plain file, folder or symbolic link");
    }
  }

  #refuse(path: string, problem: string): void {
    this.#problems.push({ path, problem });
  }

  result(): Tree {
    const tree: Tree = Object.freeze({
      files: Object.freeze(this.#files.sort(byPath)),
      links: Object.freeze(this.#links.sort(byPath)),
      folders: Object.freeze(this.#folders.sort()),
    });
    const problems = [...this.#problems, ...checkTree(tree)].sort(byPath);
    const [first] = problems;
    if (first === undefined) return tree;
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
    const message = `${this.root} holds what no update can: ${JSON.stringify(first.path)} ${first.problem}${more}`;
    throw unsafe(message, first.path, problems);
  }
}

async function failing<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileFailure(error, place);
  }
}

const unsafe = (message: string, path: string, problems: readonly PathProblem[]) =>
  new ManifestError("UNSAFE_PLACE", message, { path, problems });
