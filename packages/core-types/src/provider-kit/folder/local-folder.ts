import type { Stats } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { CopyFolderToOptions } from "../../provider/copy-folder-options.js";
import { ProviderError } from "../../provider/provider-error.js";
import { checkCap, tooLarge } from "./folder-cap.js";
import { local } from "./local-failure.js";

/** Something in a folder of this machine. */
export interface FolderEntry {
  /** Below the folder, with `/` between its segments. */
  readonly name: string;
  readonly hostPath: string;
  readonly kind: "folder" | "file" | "link" | "socket" | "device or pipe";
  /** The permission bits, without those that change the user. */
  readonly mode: number;
  readonly sizeBytes: number;
  /** Where a link leads; empty for everything else. */
  readonly target: string;
}

/** A folder that was looked through. */
export interface LocalFolder {
  /** Absolute. */
  readonly path: string;
  readonly mode: number;
}

/** What is in a folder, folders before what they hold. Links are not followed; what goes meanwhile is left out. */
export async function* walkFolder(
  root: string,
  signal?: AbortSignal,
  above = "",
): AsyncGenerator<FolderEntry, void, undefined> {
  for (const base of (await orGone(readdir(root)))?.sort() ?? []) {
    signal?.throwIfAborted();
    const name = above + base;
    const hostPath = join(root, base);
    // It is read as another name, which would pass for a file that is gone.
    if (base.includes("\uFFFD")) {
      throw new ProviderError(
        "INVALID_ARGUMENT",
        `path: ${hostPath} has a name that is not UTF-8`,
        {
          field: "path",
        },
      );
    }
    const stats = await orGone(lstat(hostPath));
    if (stats === undefined) continue;
    const kind = kindOf(stats);
    const target = kind === "link" ? await orGone(readlink(hostPath)) : "";
    if (target === undefined) continue;
    yield { name, hostPath, kind, mode: stats.mode & 0o777, sizeBytes: stats.size, target };
    if (kind === "folder") yield* walkFolder(hostPath, signal, `${name}/`);
  }
}

/**
 * Looks through a folder that is to be copied into a server, before anything is written there.
 *
 * @throws {ProviderError} `NOT_FOUND`, `INVALID_ARGUMENT` (it is no folder, or holds a device or pipe),
 *   `TOO_LARGE`
 */
export async function checkLocalFolder(
  localFolder: string,
  { maxBytes = Number.POSITIVE_INFINITY, signal }: CopyFolderToOptions,
): Promise<LocalFolder> {
  checkCap("maxBytes", maxBytes);
  const root = localPath(localFolder);
  const stats = await orGone(lstat(root));
  if (stats === undefined) {
    throw new ProviderError("NOT_FOUND", `there is no folder ${root} on this machine`, {
      field: "localFolder",
    });
  }
  if (!stats.isDirectory()) throw invalidLocal(root, "is not a folder");
  let bytes = 0;
  for await (const { kind, hostPath, sizeBytes } of walkFolder(root, signal)) {
    if (kind === "device or pipe") throw invalidLocal(hostPath, "is a device or pipe");
    if (kind === "file") bytes += sizeBytes;
    if (bytes > maxBytes) throw tooLarge(root, `${maxBytes} bytes`);
  }
  return { path: root, mode: stats.mode & 0o777 };
}

/** @throws {ProviderError} `INVALID_ARGUMENT` (`localFolder`) */
export function localPath(localFolder: string): string {
  if (typeof localFolder === "string" && localFolder !== "" && !localFolder.includes("\0"))
    return resolve(localFolder);
  throw invalidLocal(String(localFolder), "is not the path of a folder");
}

function invalidLocal(path: string, problem: string): ProviderError {
  return new ProviderError("INVALID_ARGUMENT", `localFolder: ${JSON.stringify(path)} ${problem}`, {
    field: "localFolder",
  });
}

function kindOf(stats: Stats): FolderEntry["kind"] {
  if (stats.isDirectory()) return "folder";
  if (stats.isFile()) return "file";
  if (stats.isSymbolicLink()) return "link";
  return stats.isSocket() ? "socket" : "device or pipe";
}

async function orGone<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EINVAL") return undefined;
    return local<never>(Promise.reject(error));
  }
}
