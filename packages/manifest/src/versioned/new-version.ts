import { constants } from "node:fs";
import { dirname } from "node:path";
import { readHash } from "../fs/read-hash.js";
import { syncFolder } from "../fs/sync.js";
import { ManifestError } from "../manifest-error.js";
import type { PlannedOperation, PlannedWrite } from "../plan/update-plan.js";
import type { Site } from "../transaction/site.js";
import { walkTree } from "../tree/walk-tree.js";

export interface NewVersionOptions {
  readonly site: Site;
  /** The version that it is made of; nothing may be there. */
  readonly from: string;
  /** Its own folder, which is there and empty. */
  readonly to: string;
  readonly operations: readonly PlannedOperation[];
  /** The hashes that files which are taken over must have, by path, as far as they are known. */
  readonly proven: ReadonlyMap<string, string>;
  readonly signal?: AbortSignal | undefined;
  readonly onCopied: (path: string) => void;
}

/** A version's folder while it is built. */
export class NewVersion {
  readonly #folders = new Set<string>();

  constructor(readonly options: NewVersionOptions) {}

  /**
   * Takes over all that the update doesn't touch, players' own files too: shared with the old version where the
   * file system can do that, otherwise copied. Every copy is read again and compared by hash.
   */
  async takeOver(): Promise<void> {
    const { site, from, operations, signal, onCopied } = this.options;
    const touched = new Set(operations.map(({ path }) => path));
    for await (const { path, status } of walkTree(site.fs, from)) {
      signal?.throwIfAborted();
      if (touched.has(path)) continue;
      if (status.isDirectory()) await this.#addFolder(path);
      else if (status.isSymbolicLink()) await this.#copyLink(path);
      else if (status.isFile()) await this.#copyFile(path);
      else throw new ManifestError("UNSAFE_PLACE", `${path} is no plain file`, { path });
      onCopied(path);
    }
  }

  /** Where a file of an operation is to be put. Its folder is there. */
  async placeFor(path: string): Promise<string> {
    await this.#addFolder(dirname(path));
    return this.#to(path);
  }

  /** Once all files are put: their modes, folders, links; and all of it durable, files before folders. */
  async finish(): Promise<void> {
    const { site, operations, to } = this.options;
    for (const operation of operations)
      if (operation.kind === "write") await this.#settle(operation);
    for (const { kind, path } of operations) if (kind === "mkdir") await this.#addFolder(path);
    for (const operation of operations) {
      if (operation.kind !== "link") continue;
      const { path, target } = operation;
      await site.fs.symlink(target, await this.placeFor(path));
    }
    const depth = (path: string) => path.split("/").length;
    const folders = [...this.#folders].sort((a, b) => depth(b) - depth(a));
    for (const folder of folders) await syncFolder(site, this.#to(folder));
    await syncFolder(site, to);
    await syncFolder(site, dirname(to));
  }

  readonly #to = (path: string) => `${this.options.to}/${path}`;
  readonly #from = (path: string) => `${this.options.from}/${path}`;

  async #addFolder(path: string): Promise<void> {
    if (path === "." || this.#folders.has(path)) return;
    await this.#addFolder(dirname(path));
    await this.options.site.fs.mkdir(this.#to(path));
    this.#folders.add(path);
  }

  async #copyLink(path: string): Promise<void> {
    const { fs } = this.options.site;
    await fs.symlink(await fs.readlink(this.#from(path)), await this.placeFor(path));
  }

  async #copyFile(path: string): Promise<void> {
    const { site, proven } = this.options;
    const { fs } = site;
    const place = await this.placeFor(path);
    await fs.copyFile(
      this.#from(path),
      place,
      constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL,
    );
    const [old, copy] = [await this.#hash(this.#from(path)), await this.#hash(place)];
    if (old === undefined || old !== copy || old !== (proven.get(path) ?? old)) {
      const message = `${path} changed while it was copied: end the program that writes it`;
      throw new ManifestError("CONFLICT", message, { path, foundHash: copy, expectedHash: old });
    }
    await this.#sync(place);
  }

  async #hash(place: string): Promise<string | undefined> {
    const { site, signal } = this.options;
    const status = await site.fs.lstat(place);
    return status.isFile() ? (await readHash(site.fs, place, status, signal))?.hash : undefined;
  }

  /** The mode of the file that it takes the place of, but for what the update says. */
  async #settle({ path, executable }: PlannedWrite): Promise<void> {
    const { fs } = this.options.site;
    const old = await fs.lstat(this.#from(path)).catch(() => undefined);
    const mode = old?.isFile() ? old.mode & 0o777 : 0o644;
    await fs.chmod(this.#to(path), withBit(mode, executable));
    await this.#sync(this.#to(path));
  }

  async #sync(place: string): Promise<void> {
    const { fs, windows } = this.options.site;
    // Windows makes nothing durable that is open for reading alone, and opens no read-only file for writing.
    const status = await fs.lstat(place);
    const file = await fs.open(place, windows && (status.mode & 0o200) !== 0 ? "r+" : "r");
    try {
      await file.sync();
    } catch (error) {
      if (!windows || (status.mode & 0o200) !== 0) throw error;
    } finally {
      await file.close();
    }
  }
}

function withBit(mode: number, executable: boolean | undefined): number {
  if (executable === undefined) return mode;
  return executable ? mode | 0o111 : mode & ~0o111;
}
