import type { Manifest } from "@potassium/core-types";
import type { TreeChanges } from "../tree/compare-trees.js";
import { byPath } from "../tree/tree-index.js";
import type { PassedEngine } from "./shipment.js";
import type { NamedShipment } from "./shipping-job.js";

/** What a build has made. */
export interface BuildReport {
  readonly manifest: Manifest;
  /** How many files of the new version are what, and how many of the old one are gone. */
  readonly files: {
    readonly unchanged: number;
    readonly added: number;
    /** With new content; shipped as a patch or whole. */
    readonly changed: number;
    readonly moved: number;
    readonly copied: number;
    readonly modeChanged: number;
    /** Without those that were moved. */
    readonly deleted: number;
  };
  /** Patches by engine: those that were kept. */
  readonly patches: Readonly<Record<string, ShippedBytes>>;
  /** Whole files, as they are. */
  readonly whole: ShippedBytes;
  /** Whole files, compressed. */
  readonly packed: ShippedBytes;
  /** All that is shipped, without the manifest. */
  readonly shippedBytes: number;
  /** Bytes of manifest.json, of which `openUpdate` takes 64 MiB if it isn't told otherwise. */
  readonly manifestBytes: number;
  /** The files of the new version. */
  readonly newTreeBytes: number;
  /** Engines that had no patch for a file, by path. */
  readonly passed: readonly PassedEngine[];
  /** With `fullDir`: the same of the full update. */
  readonly full?: BuildReport | undefined;
}

export interface ShippedBytes {
  /** How many files of the update's folder. */
  readonly files: number;
  readonly bytes: number;
}

/** Counts what a build has made. */
export function buildReport(build: {
  readonly manifest: Manifest;
  readonly manifestBytes: number;
  readonly changes: TreeChanges;
  readonly shipments: Iterable<NamedShipment>;
  readonly newTreeBytes: number;
  readonly passed: readonly PassedEngine[];
  readonly full?: BuildReport | undefined;
}): BuildReport {
  const { manifest, manifestBytes, changes, newTreeBytes } = build;
  // Several entries may share one file.
  const shipments = [...new Map([...build.shipments].map((made) => [made.name, made])).values()];
  const algorithms = new Set(
    shipments.flatMap((made) => (made.kind === "patch" ? made.algorithm : [])),
  );
  const patchesOf = (algorithm: string) =>
    shipments.filter((made) => made.kind === "patch" && made.algorithm === algorithm);
  const count = (kind: string) => changes.files.filter((change) => change.kind === kind).length;
  const moved = count("moved");
  return Object.freeze({
    manifest,
    files: Object.freeze({
      unchanged: changes.unchangedFiles,
      added: count("added"),
      changed: count("changed"),
      moved,
      copied: count("copied"),
      modeChanged: count("mode-changed"),
      deleted: count("deleted") - moved,
    }),
    patches: Object.freeze(
      Object.fromEntries([...algorithms].sort().map((name) => [name, sum(patchesOf(name))])),
    ),
    whole: sum(shipments.filter(({ kind }) => kind === "whole")),
    packed: sum(shipments.filter(({ kind }) => kind === "packed")),
    shippedBytes: sum(shipments).bytes,
    manifestBytes,
    newTreeBytes,
    passed: Object.freeze([...build.passed].sort(byPath)),
    ...(build.full === undefined ? {} : { full: build.full }),
  });
}

function sum(shipments: readonly NamedShipment[]): ShippedBytes {
  const bytes = shipments.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
  return Object.freeze({ files: shipments.length, bytes });
}
