import type { AbortOptions, PatchEngine } from "@potassium/core-types";
import type { UpdateFileSystem } from "../fs/update-file-system.js";

/** How far a build is. */
export interface BuildProgress {
  readonly phase: "scan" | "hash" | "make" | "write";
  /** The file that was worked on. */
  readonly path?: string | undefined;
  /** Bytes of this phase that are done. */
  readonly doneBytes: number;
  /** Bytes of this phase in all. */
  readonly totalBytes: number;
}

export interface BuildOptions extends AbortOptions {
  /** Each is tried on each file that changed, in this order; the smallest patch is kept. Left out of a full update alone. */
  readonly engines?: readonly PatchEngine[] | undefined;
  /** The old version. Left out of a full update, which has none. */
  readonly fromVersion?: string | undefined;
  readonly toVersion: string;
  readonly product?: string | undefined;
  /** Which systems it is for: "windows-x64". */
  readonly platform?: string | undefined;
  readonly channel?: string | undefined;
  /** Grows with every release of a channel. */
  readonly sequence?: number | undefined;
  /** RFC 3339. */
  readonly expires?: string | undefined;
  /** RFC 3339. With the same moment the same trees give the same bytes. @default now */
  readonly created?: string | undefined;
  /** What is left out of both trees: patterns in the manner of .gitignore, see `parseIgnoreRules`. */
  readonly ignore?: readonly string[] | undefined;
  /**
   * "paths": `<path>.patch`, `new/<path>`, `packed/<path>.br`. "hashes": `objects/<aa>/<SHA-256 of the bytes>`,
   * which may be kept by caches for ever. @default "paths"
   */
  readonly layout?: "paths" | "hashes" | undefined;
  /** Private keys (PEM) to sign the manifest with. Without any it is not signed. */
  readonly sign?: readonly string[] | undefined;
  /** Files that are worked on at once. @default the number of processors */
  readonly concurrency?: number | undefined;
  /** Whether whole files are shipped compressed by Brotli where that is smaller. @default true, but for `readers` */
  readonly compress?: boolean | undefined;
  /**
   * "go": the Go library can apply the update as well. Its readers know patches, whole files at `new/<path>` and
   * deletions: files that were moved or copied are shipped, nothing is compressed, and a tree with links is refused.
   * @default those of this package alone
   */
  readonly readers?: "go" | undefined;
  /** Where the full update to the same version is written to as well, an empty folder or none yet. */
  readonly fullDir?: string | undefined;
  /** With `fullDir` the phases `make` and `write` come a second time, for the full update. What it throws ends the call, which rejects with it. */
  readonly onProgress?: ((progress: BuildProgress) => void) | undefined;
  readonly fs?: UpdateFileSystem | undefined;
}
