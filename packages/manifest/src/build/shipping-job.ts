import type { FileChange, TreeChanges } from "../tree/compare-trees.js";
import type { HashedFile } from "../tree/tree-index.js";
import type { Shipment } from "./shipment.js";

/** One content that has to be shipped, for one path or several. */
export interface ShippingJob {
  readonly old?: HashedFile | undefined;
  /** The first by path that has it. */
  readonly file: HashedFile;
}

/** A shipment under its name in the update's folder. */
export type NamedShipment = Shipment & { readonly name: string };

/** What makes two changes one job: the same content, from the same content. The Go library's readers share nothing. */
export function jobKey(change: FileChange, readers?: "go"): string | undefined {
  if (readers === "go") return change.kind === "deleted" ? undefined : change.file.path;
  if (change.kind === "added") return change.file.hash;
  if (change.kind === "changed") return `${change.old.hash} ${change.file.hash}`;
  return undefined;
}

/** What has to be shipped, in the order of the paths. */
export function shippingJobs(
  { files }: TreeChanges,
  readers?: "go",
): ReadonlyMap<string, ShippingJob> {
  const jobs = new Map<string, ShippingJob>();
  for (const change of files) {
    const key = jobKey(change, readers);
    if (key === undefined || jobs.has(key)) continue;
    // Where only the bit that lets it be run has changed, the whole file is shipped.
    const isOther = change.kind === "changed" && change.old.hash !== change.file.hash;
    const old = isOther ? change.old : undefined;
    jobs.set(key, { file: change.file, old });
  }
  return jobs;
}
