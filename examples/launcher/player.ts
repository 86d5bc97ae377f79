import { type AbortOptions, hasErrorCode } from "@potassium/core-types";
import { createHdiff } from "@potassium/diff";
import {
  applyUpdate,
  currentFolder,
  httpSource,
  type InstallReport,
  installedVersion,
  openUpdate,
  planUpdate,
  recoverUpdate,
  repairInstall,
  rollbackUpdate,
  type Update,
  type UpdateFileSystem,
  type UpdatePlan,
  type UpdateProgress,
  type UpdateResult,
  verifyInstall,
} from "@potassium/manifest";
import { product } from "./build-server.js";
import { type Release, readReleases } from "./releases.js";

export interface LauncherOptions {
  /** Where the game is installed: each version in a folder of its own, so that one can run while the next is made. */
  readonly root: string;
  /** The web server's address. */
  readonly url: string;
  /** Built into the launcher. */
  readonly publicKey: string;
  readonly onProgress?: ((progress: UpdateProgress) => void) | undefined;
  /** In Electron `original-fs`'s promises: Electron's own fs takes an archive for a folder. @default node:fs/promises */
  readonly fs?: UpdateFileSystem | undefined;
}

/** What there is to do, and what it costs. */
export interface AvailableUpdate {
  readonly version: string;
  readonly plan: UpdatePlan;
  /** Does it. */
  readonly apply: () => Promise<UpdateResult>;
}

const keepVersions = 3;

/** The launcher on a player's machine. */
export class Launcher {
  readonly #options: LauncherOptions;

  constructor(options: LauncherOptions) {
    this.#options = options;
  }

  /** At each start, before the game: finishes what was cut off, and gives the version that is there, if one is. */
  async start({ signal }: AbortOptions = {}): Promise<string | undefined> {
    const { root, fs } = this.#options;
    await recoverUpdate(root, { fs, signal });
    return (await this.#installed())?.version;
  }

  /** Where the game is to be started from. */
  gameFolder(): Promise<string> {
    const { root, fs } = this.#options;
    return currentFolder(root, { fs });
  }

  /** Looks for a newer version; `undefined` where the newest is there. */
  async look({ signal }: AbortOptions = {}): Promise<AvailableUpdate | undefined> {
    const { root, onProgress, fs } = this.#options;
    const installed = await this.#installed();
    const releases = await this.#releases(signal);
    const newest = releases.at(-1);
    if (newest === undefined || newest.version === installed?.version) return undefined;
    // All updates since then become one; a new player gets the whole version.
    const updates = await Promise.all(
      releases
        .filter((one) => installed !== undefined && one.sequence > (installed.sequence ?? 0))
        .map(({ version }) => this.#open("update", version, signal)),
    );
    const full = await this.#open("full", newest.version, signal);
    const isNew = updates.length === 0;
    const given = isNew ? [full] : updates;
    const options = {
      ...{ engines: [createHdiff({ fs })], keepVersions, fs, signal },
      // Where a file is less to download as a whole, it is taken so.
      ...(isNew ? { mode: "versioned" as const } : { full }),
    };
    return {
      version: newest.version,
      plan: await planUpdate(root, given, options),
      apply: () => applyUpdate(root, given, { ...options, onProgress }),
    };
  }

  /** Compares every file with what the installed version should have. */
  async check({ signal }: AbortOptions = {}): Promise<InstallReport> {
    const { root, onProgress, fs } = this.#options;
    return verifyInstall(root, await this.#fullOfInstalled(signal), { onProgress, fs, signal });
  }

  /** Downloads what is not as it should be. */
  async repair({ signal }: AbortOptions = {}): Promise<UpdateResult> {
    const { root, onProgress, fs } = this.#options;
    const full = await this.#fullOfInstalled(signal);
    return repairInstall(root, full, { keepVersions, onProgress, fs, signal });
  }

  /** Comes back to an earlier version that is kept, and gives its name. */
  rollback(toVersion: string, { signal }: AbortOptions = {}): Promise<string> {
    const { root, fs } = this.#options;
    return rollbackUpdate(root, { toVersion, fs, signal });
  }

  async #installed() {
    const { root, fs } = this.#options;
    try {
      return await installedVersion(root, { fs });
    } catch (error) {
      if (hasErrorCode(error, "NOT_FOUND")) return undefined; // there is no folder yet
      throw error;
    }
  }

  async #fullOfInstalled(signal: AbortSignal | undefined): Promise<Update> {
    const installed = await this.#installed();
    if (installed === undefined) throw new Error("nothing is installed");
    return this.#open("full", installed.version, signal);
  }

  #releases(signal: AbortSignal | undefined): Promise<readonly Release[]> {
    const { url, publicKey } = this.#options;
    return readReleases(httpSource(`${url}/`), { keys: [publicKey] }, signal);
  }

  /** A web server may serve an old release, which is signed as well, under a new one's name. */
  async #open(kind: "full" | "update", version: string, signal: AbortSignal | undefined) {
    const { url, publicKey } = this.#options;
    const name = `${kind}-${version}`;
    const update = await openUpdate(httpSource(`${url}/${name}/`), {
      ...{ ...product, trust: { keys: [publicKey] }, signal },
    });
    const { toVersion } = update.manifest;
    if (toVersion !== version) throw new Error(`${name} has version ${toVersion}`);
    return update;
  }
}
