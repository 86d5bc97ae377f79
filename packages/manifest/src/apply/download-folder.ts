import { unless } from "../fs/file-system-code.js";
import { makePrivateFolder } from "../transaction/private-folders.js";
import { removeTree } from "../transaction/remove-tree.js";
import type { Site } from "../transaction/site.js";

/**
 * Where downloads and files in the making lie, each by the hash that it has or is to have. What a try that
 * failed leaves here is gone on with by the next one; its hash is looked at before it is used.
 */
export class DownloadFolder {
  #scratchFiles = 0;

  private constructor(
    readonly site: Site,
    readonly place: string,
  ) {}

  /**
   * Opens it and removes what is no plain file, or has another name than those that are wanted.
   *
   * @throws `UNSAFE_PLACE` where it is a link or no folder, and what the file system throws
   */
  static async open(site: Site, wanted: ReadonlySet<string>): Promise<DownloadFolder> {
    const folder = new DownloadFolder(site, placeOf(site));
    await makePrivateFolder(site, folder.place);
    await folder.#removeUnless((name) => wanted.has(name.replace(/\.part$/, "")));
    return folder;
  }

  path(name: string): string {
    return `${this.place}/${name}`;
  }

  /** A path of its own, for what is of no use to a later try. */
  scratchPath(): string {
    return this.path(`scratch-${this.#scratchFiles++}`);
  }

  /** Removes it with all that is in it. Where that fails it is left for the next update. */
  async remove(): Promise<void> {
    const { plainFs } = this.site;
    await this.#removeUnless(() => false).catch(() => undefined);
    await plainFs.rmdir(this.place).catch(() => undefined);
  }

  async #removeUnless(stays: (name: string) => boolean): Promise<void> {
    const { fs } = this.site;
    for (const name of await fs.readdir(this.place)) {
      const isFile = stays(name) && (await fs.lstat(this.path(name))).isFile();
      if (!isFile) await removeTree(fs, this.path(name));
    }
  }
}

const placeOf = ({ folder }: Site) => `${folder}/download`;

/** Bytes that an earlier try has left, which an update then needs no more. */
export async function downloadedBytes(site: Site): Promise<number> {
  const { fs } = site;
  const place = placeOf(site);
  const names = (await unless(["ENOENT", "ENOTDIR"], () => fs.readdir(place))) ?? [];
  let bytes = 0;
  for (const name of names) {
    const status = await unless(["ENOENT"], () => fs.lstat(`${place}/${name}`));
    if (status?.isFile()) bytes += status.size;
  }
  return bytes;
}
