import { randomUUID } from "node:crypto";
import { basename, dirname, join, resolve } from "node:path";
import { fileFailure } from "../file-failure.js";
import { nothingThere, unless } from "../fs/file-system-code.js";
import type { UpdateFileSystem } from "../fs/update-file-system.js";
import { invalidArgument } from "../invalid-argument.js";
import { ManifestError } from "../manifest-error.js";

/**
 * The folder that an update is written to: under a temporary name beside its place, which it takes when it
 * is whole. It is not fsynced: a build can be made again, and who applies it looks at its hashes.
 */
export class OutFolder {
  readonly #made = new Set<string>();
  #scratchFiles = 0;

  private constructor(
    readonly fs: UpdateFileSystem,
    readonly place: string,
    readonly temporary: string,
    /** Which argument it is. */
    readonly field: "outDir" | "fullDir",
  ) {}

  /** @throws `INVALID_ARGUMENT` where something is in the way, `NOT_FOUND` (its parent), `IO_ERROR` */
  static async begin(
    fs: UpdateFileSystem,
    outDir: string,
    field: "outDir" | "fullDir" = "outDir",
  ): Promise<OutFolder> {
    const place = resolve(outDir);
    const temporary = join(dirname(place), `.${basename(place).slice(0, 64)}.${randomUUID()}.tmp`);
    try {
      await expectFree(fs, place, field);
      await expectParent(fs, place);
      await fs.mkdir(temporary);
      for (const name of ["update", "scratch"]) await fs.mkdir(join(temporary, name));
    } catch (error) {
      await removeFolder(fs, temporary).catch(() => undefined);
      throw fileFailure(error, outDir);
    }
    return new OutFolder(fs, place, temporary, field);
  }

  /**
   * Refuses a tree in which this folder is, by way of a symbolic link: what is written would be read as part of it.
   *
   * @param folders all that are in the tree.
   * @throws `INVALID_ARGUMENT`
   */
  expectOutside(tree: string, folders: readonly string[]): void {
    const name = basename(this.temporary);
    if (!folders.some((path) => basename(path) === name)) return;
    throw invalidArgument(`${this.place} and the tree ${tree} must lie apart`, this.field);
  }

  /** A path of its own for something that is not kept, or moved to its name by {@link keep}. */
  scratchPath(): string {
    return join(this.temporary, "scratch", String(this.#scratchFiles++));
  }

  /** Gives a scratch file its name in the update's folder. */
  async keep(scratchPath: string, file: string): Promise<void> {
    const update = join(this.temporary, "update");
    const segments = file.split("/");
    for (let depth = 1; depth < segments.length; depth++) {
      await this.#makeFolder(join(update, ...segments.slice(0, depth)));
    }
    await this.fs.rename(scratchPath, join(update, ...segments));
  }

  async #makeFolder(path: string): Promise<void> {
    if (this.#made.has(path)) return;
    await this.fs.mkdir(path);
    this.#made.add(path);
  }

  /** Takes its place, all files being kept. */
  async finish(): Promise<void> {
    // Windows renames no folder onto another, though it be empty.
    await this.fs.rmdir(this.place).catch(passOverMissing);
    await this.fs.rename(join(this.temporary, "update"), this.place);
  }

  /** Takes back {@link finish}. */
  async withdraw(): Promise<void> {
    await this.fs.rename(this.place, join(this.temporary, "update"));
  }

  /** Removes what has not taken its place, as far as the file system lets it. */
  async discard(): Promise<void> {
    await removeFolder(this.fs, this.temporary).catch(() => undefined);
  }
}

async function expectFree(fs: UpdateFileSystem, place: string, field: string): Promise<void> {
  const status = await unless(nothingThere, () => fs.lstat(place));
  if (status === undefined) return;
  if (status.isDirectory() && (await fs.readdir(place)).length === 0) return;
  throw invalidArgument(`${place} must be an empty folder or not be there`, field);
}

async function expectParent(fs: UpdateFileSystem, place: string): Promise<void> {
  const parent = dirname(place);
  const status = await unless(nothingThere, () => fs.stat(parent));
  if (status?.isDirectory()) return;
  const message = `${parent} is no folder: ${place} can't be made in it`;
  throw new ManifestError("NOT_FOUND", message, { path: parent });
}

function passOverMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

async function removeFolder(fs: UpdateFileSystem, folder: string): Promise<void> {
  for (const name of await fs.readdir(folder)) {
    const path = join(folder, name);
    const status = await fs.lstat(path);
    if (status.isDirectory()) await removeFolder(fs, path);
    else await fs.unlink(path);
  }
  await fs.rmdir(folder);
}
