import type { AbortOptions, Manifest } from "@potassium/core-types";
import { createManifest } from "../document/create-manifest.js";
import type { ManifestDocument } from "../document/manifest-document.js";
import { fileFailure } from "../file-failure.js";
import { signManifest } from "../signing/sign-manifest.js";
import { compareTrees, type TreeChanges } from "../tree/compare-trees.js";
import { forEachBounded } from "../tree/for-each-bounded.js";
import { hashTree } from "../tree/hash-tree.js";
import { scanTree } from "../tree/scan-tree.js";
import { emptyTree, type Tree, type TreeIndex } from "../tree/tree-index.js";
import type { BuildOptions } from "./build-options.js";
import { BuildProgressMeter } from "./build-progress-meter.js";
import { type BuildReport, buildReport } from "./build-report.js";
import {
  type CheckedBuildOptions,
  checkBuildOptions,
  checkFolders,
} from "./check-build-options.js";
import { fileEntries } from "./file-entries.js";
import { OutFolder } from "./out-folder.js";
import { shipFile } from "./ship-file.js";
import type { PassedEngine, Shipment } from "./shipment.js";
import { ShippedNames } from "./shipped-names.js";
import { type NamedShipment, shippingJobs } from "./shipping-job.js";
import { writePieces } from "./write-pieces.js";

/**
 * Compares two versions of a game's files and writes the folder that turns the one into the other: patches,
 * whole files, manifest.json and, with `sign`, manifest.json.sig. Files that were moved or copied are not
 * shipped. It is written under a temporary name beside `outDir` and renamed when it is whole; after an error
 * or an abort nothing of it is left. The trees are only read, and nothing may write to them meanwhile.
 *
 * @param oldDir `undefined` for a full update, which holds every file of the version.
 * @param outDir must be an empty folder or not be there.
 * @throws `UNSAFE_PLACE` with all paths in `problems` that an update can't hold; `IO_ERROR` and
 *   `HASH_MISMATCH` where a file changed while it was read; `NOT_FOUND`, `NO_SPACE`, `TIMEOUT` (an engine),
 *   `TOO_LARGE` (more than a million entries), `INVALID_ARGUMENT`
 * @example
 * ```ts
 * const report = await buildUpdate("game-1.0.0", "game-1.1.0", "update-1.1.0", {
 *   engines: [bsdiff, hdiff],
 *   fromVersion: "1.0.0",
 *   toVersion: "1.1.0",
 *   sign: [privateKey],
 * });
 * console.log(report.shippedBytes, "instead of", report.newTreeBytes);
 * ```
 */
export async function buildUpdate(
  oldDir: string | undefined,
  newDir: string,
  outDir: string,
  options: BuildOptions,
): Promise<BuildReport> {
  const checked = checkBuildOptions(options, oldDir);
  checkFolders(oldDir, newDir, outDir);
  const document = beginManifest(checked);
  // A key that is none shall be told before the work is done.
  if (options.sign !== undefined) signManifest(new Uint8Array(), options.sign);
  checked.signal?.throwIfAborted();
  const out = await OutFolder.begin(checked.fs, outDir);
  try {
    const build = new Build(oldDir, newDir, out, document, checked);
    return await build.run();
  } catch (error) {
    throw fileFailure(error, (error as NodeJS.ErrnoException | undefined)?.path ?? outDir);
  } finally {
    await out.discard();
  }
}

function beginManifest(options: CheckedBuildOptions): ManifestDocument {
  const { fromVersion = "", toVersion, product, platform, channel } = options;
  const { sequence, expires, created } = options;
  return createManifest(fromVersion, toVersion, {
    created,
    schemaVersion: 1,
    product,
    platform,
    channel,
    sequence,
    expires,
  });
}

class Build {
  readonly #progress: BuildProgressMeter;
  readonly #passed: PassedEngine[] = [];

  constructor(
    readonly oldDir: string | undefined,
    readonly newDir: string,
    readonly out: OutFolder,
    readonly document: ManifestDocument,
    readonly options: CheckedBuildOptions,
  ) {
    this.#progress = new BuildProgressMeter(options.onProgress);
  }

  async run(): Promise<BuildReport> {
    const [before, after] = await this.#readTrees();
    const changes = compareTrees(before, after);
    const made = await this.#makeShipments(changes);
    const shipments = await this.#keep(changes, made);
    const { manifest, manifestBytes } = await this.#writeManifest(changes, shipments);
    this.options.signal?.throwIfAborted();
    await this.out.finish();
    return buildReport({
      manifest,
      manifestBytes,
      changes,
      shipments: shipments.values(),
      newTreeBytes: bytesOf(after),
      passed: this.#passed,
    });
  }

  async #readTrees(): Promise<readonly [before: TreeIndex, after: TreeIndex]> {
    const { fs, signal, rules } = this.options;
    this.#progress.begin("scan");
    const scan = async (root: string) => {
      const tree = await scanTree(root, { fs, ignore: rules, signal });
      this.out.expectOutside(root, tree.folders);
      return tree;
    };
    const old = this.oldDir === undefined ? emptyTree : await scan(this.oldDir);
    const now = await scan(this.newDir);
    this.#progress.begin("hash", bytesOf(old) + bytesOf(now));
    const onBytes = (path: string, bytes: number) => this.#progress.add(bytes, path);
    const hash = (root: string, tree: Tree) => hashTree(root, tree, { fs, signal, onBytes });
    const before = this.oldDir === undefined ? emptyTree : await hash(this.oldDir, old);
    return [before, await hash(this.newDir, now)];
  }

  async #makeShipments(changes: TreeChanges): Promise<ReadonlyMap<string, Shipment>> {
    const { fs, signal, engines, compress, concurrency } = this.options;
    // The largest first, lest one of them be left alone at the end.
    const jobs = [...shippingJobs(changes)].sort(
      ([, a], [, b]) => b.file.sizeBytes - a.file.sizeBytes,
    );
    this.#progress.begin(
      "make",
      jobs.reduce((sum, [, { file }]) => sum + file.sizeBytes, 0),
    );
    const made = new Map<string, Shipment>();
    // After an error the other files are not worked on to their end.
    const stop = new AbortController();
    const place: AbortOptions = {
      signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
    };
    const newTree = { fs, root: this.newDir, ...place };
    const oldTree = { fs, root: this.oldDir ?? "", ...place };
    const options = {
      engines,
      compress,
      scratchPath: () => this.out.scratchPath(),
      onPassed: (passed: PassedEngine) => this.#passed.push(passed),
    };
    await forEachBounded(
      jobs,
      concurrency,
      async ([key, { file, old }]) => {
        try {
          made.set(key, await shipFile(newTree, file, old && { old, oldTree }, options));
          this.#progress.add(file.sizeBytes, file.path);
        } catch (error) {
          stop.abort(error);
          throw error;
        }
      },
      signal,
    );
    return made;
  }

  /** Names what was made, in the order of the paths: it was made in any. */
  async #keep(
    changes: TreeChanges,
    made: ReadonlyMap<string, Shipment>,
  ): Promise<ReadonlyMap<string, NamedShipment>> {
    const names = new ShippedNames(this.options.layout);
    const kept = new Map<string, NamedShipment>();
    this.#progress.begin("write");
    for (const [key, { file }] of shippingJobs(changes)) {
      this.options.signal?.throwIfAborted();
      const shipment = made.get(key);
      if (shipment === undefined) continue;
      const name = names.name(shipment.kind, file.path, shipment.hash);
      await this.out.keep(shipment.made, name);
      kept.set(key, { ...shipment, name });
    }
    return kept;
  }

  async #writeManifest(
    changes: TreeChanges,
    shipments: ReadonlyMap<string, NamedShipment>,
  ): Promise<{ readonly manifest: Manifest; readonly manifestBytes: number }> {
    const { document, options } = this;
    const isFull = this.oldDir === undefined;
    for (const entry of fileEntries(changes.files, shipments, isFull)) document.addFile(entry);
    for (const entry of changes.links) document.addLink(entry);
    for (const entry of changes.folders) document.addFolder(entry);
    const bytes = document.toBytes();
    await this.#write("manifest.json", bytes);
    if (options.sign !== undefined) {
      await this.#write("manifest.json.sig", signManifest(bytes, options.sign));
    }
    return { manifest: document.toManifest(), manifestBytes: bytes.length };
  }

  async #write(file: string, bytes: Uint8Array): Promise<void> {
    const path = this.out.scratchPath();
    await writePieces(this.options.fs, path, only(bytes));
    await this.out.keep(path, file);
  }
}

async function* only(piece: Uint8Array): AsyncGenerator<Uint8Array> {
  yield piece;
}

const bytesOf = ({ files }: Tree) => files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
