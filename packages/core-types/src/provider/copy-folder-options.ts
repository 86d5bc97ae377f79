import type { AbortOptions } from "../wait/abort-options.js";

export interface CopyFolderToOptions extends AbortOptions {
  /** Files that are larger together end in `TOO_LARGE`, before anything is written. @default no cap */
  readonly maxBytes?: number | undefined;
}

export interface CopyFolderFromOptions extends AbortOptions {
  /** Files that are larger together end in `TOO_LARGE`. @default 1 GiB */
  readonly maxBytes?: number | undefined;
  /** More files, folders and links together end in `TOO_LARGE`. @default 100_000 */
  readonly maxEntries?: number | undefined;
}
