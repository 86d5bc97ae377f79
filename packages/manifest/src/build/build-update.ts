import type { AbortOptions, Manifest } from "@potassium/core-types";
import { createManifest } from "../document/create-manifest.js";
import type { ManifestDocument } from "../document/manifest-document.js";
import { fileFailure } from "../file-failure.js";
import { signManifest } from "../signing/sign-manifest.js";
import { compareTrees, type TreeChanges } from "../tree/compare-trees.js";
import { forEachBounded } from "../tree/for-each-bounded.js";
import { emptyTree, type TreeIndex } from "../tree/tree-index.js";
import type { BuildOptions } from "./build-options.js";
import { BuildProgressMeter } from "./build-progress-meter.js";
import { type BuildReport, buildReport } from "./build-report.js";
import {
  type CheckedBuildOptions,
  checkBuildOptions,
  checkFolders,
} from "./check-build-options.js";
import { fileEntries } from "./file-entries.js";
import { changesForGo, expectNameForGo } from "./go-readers.js";
import { OutFolder } from "./out-folder.js";
import { bytesOf, readTrees } from "./read-trees.js";
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
 * @param oldDir `undefined` for a full update alone, which holds every file of the version and needs no engines.
 * With `fullDir` both are built, and the new tree is read but once for its hashes.
 * @param outDir must be an empty folder or not be there; its parent must be.
 * @throws `UNSAFE_PLACE` with all paths in `problems` that an update can't hold, or that `readers` can't make; `IO_ERROR` and
 *   `HASH_MISMATCH` where a file changed while it was read; `NOT_FOUND`, `NO_SPACE`, `TIMEOUT` (an engine),
 *   `TOO_LARGE` (more than a million entries), `INVALID_ARGUMENT`
 * @example
 * ```ts
 * const report = await buildUpdate("game-1.0.0", "game-1.1.0", "update-1.1.0", {
 *   engines: [bsdiff, hdiff],
 *   fromVersion: "1.0.0",
 *   toVersion: "1.1.0",
 *   sign: [privateKey],
 *   fullDir: "full-1.1.0",
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
  const { fs, fullDir, signal } = checked;
  checkFolders({ oldDir, newDir, outDir, fullDir });
  const document = beginManifest(checked);
  // A key that is none shall be told before the work is done.
  if (checked.sign !== undefined) signManifest(new Uint8Array(), checked.sign);
  signal?.throwIfAborted();
  const outs: OutFolder[] = [];
  try {
    const out = await OutFolder.begin(fs, outDir);
    outs.push(out);
    if (fullDir !== undefined) outs.push(await OutFolder.begin(fs, fullDir, "fullDir"));
    const [, fullOut] = outs;
    const progress = new BuildProgressMeter(checked.onProgress);
    const [before, after] = await readTrees({ oldDir, newDir, outs, progress }, checked);
    const build = { oldDir, newDir, progress, options: checked };
    const report = await new Build({ ...build, out, document }).make(before, after);
    if (fullOut === undefined) {
      signal?.throwIfAborted();
      await out.finish();
      return buildReport(report);
    }
    const fullDocument = beginManifest({ ...checked, fromVersion: undefined });
    const whole = { ...build, oldDir: undefined, out: fullOut, document: fullDocument };
    const fullReport = await new Build(whole).make(emptyTree, after);
    signal?.throwIfAborted();
    await finishBoth(out, fullOut);
    return buildReport({ ...report, full: buildReport(fullReport) });
  } catch (error) {
    throw fileFailure(error, (error as NodeJS.ErrnoException | undefined)?.path ?? outDir);
  } finally {
    for (const out of outs) await out.discard();
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

/** Neither takes its place without the other, as far as the file system lets it. */
async function finishBoth(out: OutFolder, fullOut: OutFolder): Promise<void> {
  await fullOut.finish();
  try {
    await out.finish();
  } catch (error) {
    await fullOut.withdraw().catch(() => undefined);
    throw error;
  }
}

interface BuildParts {
  readonly oldDir: string | undefined;
  readonly newDir: string;
  readonly out: OutFolder;
  readonly document: ManifestDocument;
  readonly progress: BuildProgressMeter;
  readonly options: CheckedBuildOptions;
}

/** One update, in its out folder. */
class Build {
  readonly #passed: PassedEngine[] = [];

  constructor(readonly parts: BuildParts) {}

  async make(before: TreeIndex, after: TreeIndex): Promise<Parameters<typeof buildReport>[0]> {
    const found = compareTrees(before, after);
    const changes = this.parts.options.readers === "go" ? changesForGo(found) : found;
    const made = await this.#makeShipments(changes);
    const shipments = await this.#keep(changes, made);
    const { manifest, manifestBytes } = await this.#writeManifest(changes, shipments);
    const newTreeBytes = bytesOf(after);
    const passed = this.#passed;
    return {
      manifest,
      manifestBytes,
      changes,
      shipments: [...shipments.values()],
      newTreeBytes,
      passed,
    };
  }

  async #makeShipments(changes: TreeChanges): Promise<ReadonlyMap<string, Shipment>> {
    const { oldDir, newDir, out, progress, options: checked } = this.parts;
    const { fs, signal, engines, compress, concurrency, readers } = checked;
    // The largest first, lest one of them be left alone at the end.
    const jobs = [...shippingJobs(changes, readers)].sort(
      ([, a], [, b]) => b.file.sizeBytes - a.file.sizeBytes,
    );
    progress.begin(
      "make",
      jobs.reduce((sum, [, { file }]) => sum + file.sizeBytes, 0),
    );
    const made = new Map<string, Shipment>();
    // After an error the other files are not worked on to their end.
    const stop = new AbortController();
    const place: AbortOptions = {
      signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
    };
    const newTree = { fs, root: newDir, ...place };
    const oldTree = { fs, root: oldDir ?? "", ...place };
    const options = {
      engines,
      compress,
      scratchPath: () => out.scratchPath(),
      onPassed: (passed: PassedEngine) => this.#passed.push(passed),
    };
    await forEachBounded(
      jobs,
      concurrency,
      async ([key, { file, old }]) => {
        try {
          made.set(key, await shipFile(newTree, file, old && { old, oldTree }, options));
          progress.add(file.sizeBytes, file.path);
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
    const { out, progress, options } = this.parts;
    const names = new ShippedNames(options.layout);
    const kept = new Map<string, NamedShipment>();
    progress.begin("write");
    const jobs = [...shippingJobs(changes, options.readers)];
    if (options.readers === "go") {
      // The name of a whole file is given, that of a patch is told.
      const rank = (key: string) => (made.get(key)?.kind === "patch" ? 1 : 0);
      jobs.sort(([a], [b]) => rank(a) - rank(b));
    }
    for (const [key, { file }] of jobs) {
      options.signal?.throwIfAborted();
      const shipment = made.get(key);
      if (shipment === undefined) continue;
      const name = names.name(shipment.kind, file.path, shipment.hash);
      const named = { ...shipment, name };
      if (options.readers === "go") expectNameForGo(file.path, named);
      await out.keep(shipment.made, name);
      kept.set(key, named);
    }
    return kept;
  }

  async #writeManifest(
    changes: TreeChanges,
    shipments: ReadonlyMap<string, NamedShipment>,
  ): Promise<{ readonly manifest: Manifest; readonly manifestBytes: number }> {
    const { oldDir, document, options } = this.parts;
    const { readers } = options;
    const isFull = oldDir === undefined;
    for (const entry of fileEntries(changes.files, shipments, { isFull, readers })) {
      document.addFile(entry);
    }
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
    const { out, options } = this.parts;
    const path = out.scratchPath();
    await writePieces(options.fs, path, only(bytes));
    await out.keep(path, file);
  }
}

async function* only(piece: Uint8Array): AsyncGenerator<Uint8Array> {
  yield piece;
}
