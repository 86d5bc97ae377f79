import { delay } from "@potassium/core-types";
import { ManifestError } from "../manifest-error.js";
import type { UpdateFileSystem } from "./update-file-system.js";

export interface RetryOptions {
  readonly windows: boolean;
  /** How long an operation is tried again while another program holds the file, in milliseconds. */
  readonly busyTimeoutMs: number;
}

/**
 * A file system that tries again what fails for a while only: a virus scanner or an indexer holds a file for
 * some milliseconds after it was written, and Windows then refuses to move or remove it. It gives up with `BUSY`.
 */
export function retryingFileSystem(fs: UpdateFileSystem, options: RetryOptions): UpdateFileSystem {
  const { windows, busyTimeoutMs } = options;

  async function patiently<T>(path: string, held: boolean, work: () => Promise<T>): Promise<T> {
    let waitedMs = 0;
    for (let waitMs = 10; ; waitMs = Math.min(2 * waitMs, 500)) {
      try {
        return await work();
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? "";
        const busy = code === "EBUSY" || (windows && held && refusals.has(code));
        if (!busy && !scarce.has(code)) throw error;
        if (waitedMs >= busyTimeoutMs) throw busy ? heldFile(path, error) : error;
        await delay(waitMs);
        waitedMs += waitMs;
      }
    }
  }

  return {
    open: (path, flags, mode) => {
      // A folder that can't be opened never can, and is opened only to be made durable.
      const file = !(flags === "r" && path.endsWith("/"));
      return patiently(path, file, () => fs.open(path, flags, mode));
    },
    lstat: (path) => patiently(path, true, () => fs.lstat(path)),
    stat: (path) => patiently(path, true, () => fs.stat(path)),
    readdir: (path) => patiently(path, true, () => fs.readdir(path)),
    mkdir: (path) => patiently(path, true, () => fs.mkdir(path)),
    rmdir: (path) => patiently(path, true, () => fs.rmdir(path)),
    rename: (from, to) => patiently(to, true, () => fs.rename(from, to)),
    unlink: (path) => patiently(path, true, () => fs.unlink(path)),
    readlink: (path) => patiently(path, true, () => fs.readlink(path)),
    chmod: (path, mode) => patiently(path, true, () => fs.chmod(path, mode)),
    copyFile: (from, to, mode) => patiently(to, true, () => fs.copyFile(from, to, mode)),
    // A refusal of these is for good: the file system or the user's rights don't allow them.
    link: (existing, path) => patiently(path, false, () => fs.link(existing, path)),
    symlink: (target, path, type) => patiently(path, false, () => fs.symlink(target, path, type)),
    statfs: (path) => patiently(path, false, () => fs.statfs(path)),
  };
}

const scarce: ReadonlySet<string> = new Set(["EMFILE", "ENFILE", "EAGAIN"]);
const refusals: ReadonlySet<string> = new Set(["EPERM", "EACCES"]);

const heldFile = (path: string, cause: unknown) =>
  new ManifestError("BUSY", `${path} is held by another program: end it and try again`, {
    cause,
    path,
  });
