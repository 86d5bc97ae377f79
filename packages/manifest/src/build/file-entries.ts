import type { FileEntry } from "@potassium/core-types";
import type { FileChange } from "../tree/compare-trees.js";
import type { HashedFile } from "../tree/tree-index.js";
import { jobKey, type NamedShipment } from "./shipping-job.js";

/**
 * The manifest's entries of all files that change, in the same order.
 *
 * @param options `isFull`: whether each entry also says of a file that it may not be run.
 */
export function fileEntries(
  changes: readonly FileChange[],
  shipments: ReadonlyMap<string, NamedShipment>,
  { isFull, readers }: { readonly isFull: boolean; readonly readers?: "go" | undefined },
): readonly FileEntry[] {
  return changes.map((change) => entryOf(change, shipments.get(jobKey(change, readers) ?? "")));

  function entryOf(change: FileChange, shipment: NamedShipment | undefined): FileEntry {
    const { file } = change;
    const { path } = file;
    if (change.kind === "deleted") {
      return { action: "delete", path, oldHash: file.hash, oldSize: file.sizeBytes };
    }
    const old = "old" in change ? change.old : undefined;
    const content = {
      path,
      ...(old === undefined ? {} : { oldHash: old.hash, oldSize: old.sizeBytes }),
      newHash: file.hash,
      newSize: file.sizeBytes,
      ...executableOf(file, old, isFull),
    };
    if (change.kind === "mode-changed") return { action: "add", ...content, copyFrom: path };
    if (change.kind === "moved" || change.kind === "copied") {
      return { action: "add", ...content, copyFrom: change.from.path };
    }
    if (shipment === undefined) throw new TypeError(`nothing was shipped of ${path}`);
    const { kind, name, hash, sizeBytes } = shipment;
    switch (kind) {
      case "whole":
        // This is where it is looked for without a word.
        return { action: "add", ...content, ...(name === `new/${path}` ? {} : { file: name }) };
      case "packed":
        return {
          action: "add",
          ...content,
          packed: { file: name, codec: "br", hash, size: sizeBytes },
        };
      case "patch":
        return {
          action: "patch",
          ...content,
          oldHash: old?.hash ?? "",
          patchFile: name,
          algorithm: shipment.algorithm,
          patchHash: hash,
          patchSize: sizeBytes,
        };
      default:
        return kind satisfies never;
    }
  }
}

/** A new file may not be run unless it is said; an old one keeps its bit. */
function executableOf(
  { executable }: HashedFile,
  old: HashedFile | undefined,
  isFull: boolean,
): { readonly executable?: boolean } {
  if (executable === undefined) return {};
  if (executable || isFull || old?.executable) return { executable };
  return {};
}
