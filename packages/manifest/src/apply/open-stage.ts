import { fileFailure } from "../file-failure.js";
import { unless } from "../fs/file-system-code.js";
import { partsOf } from "../plan/recipe.js";
import type { PlannedWrite, UpdatePlan } from "../plan/update-plan.js";
import type { Site } from "../transaction/site.js";
import { forEachBounded } from "../tree/for-each-bounded.js";
import type { CheckedApplyOptions } from "./apply-options.js";
import { ContentMaker } from "./content-maker.js";
import { DownloadFolder } from "./download-folder.js";
import { DownloadParts, partName } from "./download-parts.js";
import { ProgressMeter } from "./progress-meter.js";

/** Where a content is wanted. */
export interface StagePlace {
  /** SHA-256, in hexadecimal. */
  readonly hash: string;
  /** Absolute. A file that is there is replaced. */
  readonly path: string;
}

export interface Stage {
  /** Takes back what an earlier try had moved to these places already. */
  readonly takeBack: (places: readonly StagePlace[]) => Promise<void>;
  /** Makes contents, where a list of hashes is given only those. */
  readonly make: (hashes?: Iterable<string>) => Promise<void>;
  /** Moves contents that were made to their places. */
  readonly place: (places: readonly StagePlace[]) => Promise<void>;
  /** Bytes that the sources gave. */
  readonly receivedBytes: () => number;
  /** After the update: removes what it has downloaded. */
  readonly remove: () => Promise<void>;
}

/**
 * Prepares to make the files of a plan. All are made in the download folder, and moved only when all are there,
 * so that a try which fails loses nothing.
 *
 * @param site where the updater's own folder is.
 * @param tree what the files are made of.
 */
export async function openStage(
  site: Site,
  tree: Site,
  plan: UpdatePlan,
  options: CheckedApplyOptions,
): Promise<Stage> {
  const writes = new Map<string, PlannedWrite>();
  const uses = new Map<string, number>();
  for (const operation of plan.operations) {
    if (operation.kind !== "write") continue;
    const { newHash } = operation;
    uses.set(newHash, (uses.get(newHash) ?? 0) + 1);
    if (!writes.has(newHash)) writes.set(newHash, operation);
  }
  const needed = [...writes.values()].flatMap(({ recipe }) => partsOf(recipe));
  const names = new Set([...writes.keys(), ...needed.map(partName)]);
  const folder = await DownloadFolder.open(site, names);
  const meter = new ProgressMeter(plan, options.onProgress);
  const { pause, maxUnsizedBytes, engines, concurrency, signal } = options;
  // After an error the other files are not worked on to their end.
  const stop = new AbortController();
  const stopped = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const { updates } = plan;
  const parts = new DownloadParts(needed, {
    updates,
    folder,
    pause,
    maxUnsizedBytes,
    meter,
    signal: stopped,
  });
  const maker = new ContentMaker({
    tree,
    folder,
    parts,
    engines,
    pause,
    maxUnsizedBytes,
    signal: stopped,
  });
  return {
    takeBack,
    make,
    place,
    receivedBytes: () => parts.receivedBytes,
    remove: () => folder.remove(),
  };

  async function takeBack(places: readonly StagePlace[]): Promise<void> {
    for (const { hash, path } of places) {
      await unless(["ENOENT"], () => site.fs.rename(path, folder.path(hash)));
    }
  }

  async function make(hashes: Iterable<string> = writes.keys()): Promise<void> {
    // The largest first, lest one of them be left alone at the end.
    const jobs = [...new Set(hashes)].map(writeOf);
    jobs.sort((a, b) => (b.newSize ?? 0) - (a.newSize ?? 0));
    await forEachBounded(jobs, concurrency, stoppingAll, signal);
  }

  async function place(places: readonly StagePlace[]): Promise<void> {
    for (const [hash, at] of byHash(places)) await placeAll(writeOf(hash), at);
  }

  async function stoppingAll(write: PlannedWrite): Promise<void> {
    try {
      await maker.make(write);
      meter.made(write.path, (write.newSize ?? 0) * (uses.get(write.newHash) ?? 1));
    } catch (error) {
      const failure = fileFailure(error, write.path);
      stop.abort(failure);
      throw failure;
    }
  }

  async function placeAll(write: PlannedWrite, at: readonly StagePlace[]): Promise<void> {
    const made = folder.path(write.newHash);
    const [first, ...others] = at;
    if (first === undefined) return;
    for (const { path } of others) {
      signal?.throwIfAborted();
      await maker.copy(made, path, write);
    }
    await site.fs.rename(made, first.path);
  }

  function writeOf(hash: string): PlannedWrite {
    const write = writes.get(hash);
    if (write === undefined) throw new TypeError(`no operation makes ${hash}`);
    return write;
  }
}

/** Node 20 has no `Map.groupBy`. */
function byHash(places: readonly StagePlace[]): Map<string, StagePlace[]> {
  const groups = new Map<string, StagePlace[]>();
  for (const place of places) {
    const group = groups.get(place.hash) ?? [];
    group.push(place);
    groups.set(place.hash, group);
  }
  return groups;
}
