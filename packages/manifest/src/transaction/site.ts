import * as nodeFs from "node:fs/promises";
import { resolve } from "node:path";
import type { AbortOptions } from "@potassium/core-types";
import { privateFolder } from "../document/private-folder.js";
import { retryingFileSystem } from "../fs/retrying-file-system.js";
import type { UpdateFileSystem } from "../fs/update-file-system.js";
import type { LockOwners } from "./lock-owner.js";

export interface SiteOptions extends AbortOptions {
  /** @default node:fs/promises */
  readonly fs?: UpdateFileSystem | undefined;
  /** Whose rules hold. @default process.platform */
  readonly system?: NodeJS.Platform | undefined;
  /** How long an operation is tried again while another program holds a file. @default 10_000 */
  readonly busyTimeoutMs?: number | undefined;
  /** Tells whose locks are stale. @default the processes of this machine */
  readonly owners?: LockOwners | undefined;
}

/** An installation, and where in it the updater keeps what. All paths are absolute, with `/` at their end parts. */
export interface Site {
  readonly root: string;
  readonly fs: UpdateFileSystem;
  /** The same without patience, for what may as well be left out. */
  readonly plainFs: UpdateFileSystem;
  readonly windows: boolean;
  readonly folder: string;
  readonly lock: string;
  readonly stage: string;
  readonly backups: string;
  readonly journal: string;
  /** The journal of the last update, while its backup is kept. */
  readonly rollback: string;
  readonly installed: string;
}

export function openSite(root: string, options: SiteOptions): Site {
  const { fs = nodeFs, system = process.platform, busyTimeoutMs = 10_000 } = options;
  const windows = system === "win32";
  const at = resolve(root);
  const folder = `${at}/${privateFolder}`;
  return {
    root: at,
    fs: retryingFileSystem(fs, { windows, busyTimeoutMs }),
    plainFs: fs,
    windows,
    folder,
    lock: `${folder}/lock`,
    stage: `${folder}/stage`,
    backups: `${folder}/backup`,
    journal: `${folder}/journal.json`,
    rollback: `${folder}/rollback.json`,
    installed: `${folder}/installed.json`,
  };
}
