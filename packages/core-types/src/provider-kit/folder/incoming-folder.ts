import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  rename,
  rm,
  rmdir,
  symlink,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { CopyFolderFromOptions } from "../../provider/copy-folder-options.js";
import { ProviderError } from "../../provider/provider-error.js";
import { cannotCopy, entrySegments, staysInside } from "./entry-rule.js";
import { checkCap, tooLarge } from "./folder-cap.js";
import { local } from "./local-failure.js";
import { localPath } from "./local-folder.js";

const defaultMaxBytes = 1024 ** 3;
const defaultMaxEntries = 100_000;

/**
 * A folder that comes out of a server, which is not trusted. It grows beside its place, where nobody else
 * may enter, and takes its place when it is complete. Disposed of before that, it leaves nothing.
 *
 * Each entry's folder must have come before it, as a folder: so nothing is written through a link.
 */
export class IncomingFolder implements AsyncDisposable {
  readonly #place: string;
  readonly #draft: string;
  readonly #maxBytes: number;
  readonly #maxEntries: number;
  readonly #signal: AbortSignal | undefined;
  readonly #kinds = new Map<string, "folder" | "file" | "link">();
  #bytes = 0;

  private constructor(place: string, draft: string, options: CopyFolderFromOptions) {
    this.#place = place;
    this.#draft = draft;
    this.#maxBytes = options.maxBytes ?? defaultMaxBytes;
    this.#maxEntries = options.maxEntries ?? defaultMaxEntries;
    this.#signal = options.signal;
  }

  /**
   * @param localFolder where it is to be: nothing, or an empty folder.
   * @throws {ProviderError} `ALREADY_EXISTS`, `NOT_FOUND` (the folder above), `INVALID_ARGUMENT`
   */
  static async open(localFolder: string, options: CopyFolderFromOptions): Promise<IncomingFolder> {
    checkCap("maxBytes", options.maxBytes ?? defaultMaxBytes);
    checkCap("maxEntries", options.maxEntries ?? defaultMaxEntries);
    options.signal?.throwIfAborted();
    const place = localPath(localFolder);
    await modeOfEmpty(place);
    const beside = join(dirname(place), `.${basename(place).slice(0, 100)}.potassium-`);
    const draft = await local(mkdtemp(beside), (code) =>
      code === "ENOENT" || code === "ENOTDIR" ? noFolderAbove(place) : undefined,
    );
    const incoming = new IncomingFolder(place, draft, options);
    // Inside of it, so that it gets the usual permissions and is private all the same.
    await local(mkdir(incoming.#content));
    return incoming;
  }

  get #content(): string {
    return join(this.#draft, "content");
  }

  /** @param mode its owner may always read, write and enter it, or the copy could not be removed. */
  async folder(name: string, mode: number): Promise<void> {
    const path = this.#enter(name, "folder");
    await local(mkdir(path, 0o700), collision(name));
    await local(chmod(path, (mode & 0o777) | 0o700));
  }

  /** @param pieces its content, which is left at the cap. */
  async file(name: string, mode: number, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const handle = await local(open(this.#enter(name, "file"), "wx", 0o600), collision(name));
    try {
      for await (const piece of pieces) {
        this.#signal?.throwIfAborted();
        this.#bytes += piece.byteLength;
        if (this.#bytes > this.#maxBytes)
          throw tooLarge("in the server", `${this.#maxBytes} bytes`);
        await local(handle.writeFile(piece));
      }
      await local(handle.chmod(mode & 0o777));
    } finally {
      await handle.close();
    }
  }

  async link(name: string, target: string): Promise<void> {
    const path = this.#enter(name, "link");
    if (!staysInside(target, entrySegments(name).length - 1)) {
      throw cannotCopy(name, `is a link that leads out of it: ${JSON.stringify(target)}`);
    }
    await local(symlink(target, path), collision(name));
  }

  /** @param earlier a file that has come already. */
  async hardLink(name: string, earlier: string): Promise<void> {
    if (this.#kinds.get(entrySegments(earlier).join("/")) !== "file") {
      throw new ProviderError("BAD_RESPONSE", `${name} is a hard link to no file of the folder`);
    }
    const path = this.#enter(name, "file");
    await local(link(join(this.#content, earlier), path), collision(name));
  }

  /** Refuses a file of this size, if it is too large, before its content is read. */
  expect(sizeBytes: number): void {
    if (this.#bytes + sizeBytes > this.#maxBytes)
      throw tooLarge("in the server", `${this.#maxBytes} bytes`);
  }

  /** Puts the folder into its place. @throws {ProviderError} `ALREADY_EXISTS` */
  async complete(): Promise<void> {
    this.#signal?.throwIfAborted();
    const mode = await modeOfEmpty(this.#place);
    if (mode !== undefined) await local(chmod(this.#content, mode));
    // Windows renames onto no folder, not even an empty one.
    if (mode !== undefined && process.platform === "win32") await local(rmdir(this.#place));
    await local(rename(this.#content, this.#place), (code = "") =>
      ["ENOTEMPTY", "EEXIST", "ENOTDIR"].includes(code) ? alreadyExists(this.#place) : undefined,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#draft, { recursive: true, force: true });
  }

  /** Where an entry goes, once it may. */
  #enter(name: string, kind: "folder" | "file" | "link"): string {
    this.#signal?.throwIfAborted();
    if (this.#kinds.size >= this.#maxEntries)
      throw tooLarge("in the server", `${this.#maxEntries} entries`);
    const segments = entrySegments(name);
    const above = segments.slice(0, -1).join("/");
    if (above !== "" && this.#kinds.get(above) !== "folder") {
      throw new ProviderError("BAD_RESPONSE", `${JSON.stringify(name)} is in no folder that came`);
    }
    if (this.#kinds.has(name))
      throw new ProviderError("BAD_RESPONSE", `${JSON.stringify(name)} came twice`);
    this.#kinds.set(name, kind);
    return join(this.#content, ...segments);
  }
}

/** The permissions of the empty folder at the place, or `undefined` where nothing is. */
async function modeOfEmpty(place: string): Promise<number | undefined> {
  const stats = await lstat(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    return local<never>(Promise.reject(error));
  });
  if (stats === undefined) return undefined;
  if (!stats.isDirectory() || (await local(readdir(place))).length > 0) throw alreadyExists(place);
  return stats.mode & 0o7777;
}

function alreadyExists(place: string): ProviderError {
  const message = `localFolder: ${place} is there and no empty folder: choose another`;
  return new ProviderError("ALREADY_EXISTS", message, { field: "localFolder" });
}

function noFolderAbove(place: string): ProviderError {
  const message = `localFolder: there is no folder ${dirname(place)} on this machine`;
  return new ProviderError("NOT_FOUND", message, { field: "localFolder" });
}

/** No name comes twice, so this file system takes two names for one. */
function collision(name: string): (code: string | undefined) => ProviderError | undefined {
  return (code) =>
    code === "EEXIST" ? cannotCopy(name, "has another one's name on this system") : undefined;
}
