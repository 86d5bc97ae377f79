import type { ManifestErrorCode } from "../manifest-error.js";
import type { Update } from "../open-update.js";
import type { Operation, WriteOperation } from "../transaction/operation.js";
import type { RootMode } from "../versioned/root-mode.js";
import type { Recipe } from "./recipe.js";

/** What is done to a path and, of a file that is written, how it is made. */
export type PlannedOperation =
  | Exclude<Operation, WriteOperation>
  | (WriteOperation & { readonly recipe: Recipe });

export type PlannedWrite = Extract<PlannedOperation, { readonly kind: "write" }>;

/** Why an update can't be applied. */
export interface BlockedPath {
  /** In the tree; "" for the disk as a whole. */
  readonly path: string;
  /** The code that `applyUpdate` would throw: `CONFLICT`, `UNSAFE_PLACE`, `ENGINE_UNAVAILABLE`, `NOT_FOUND`, `NO_SPACE`. */
  readonly code: ManifestErrorCode;
  readonly message: string;
  /** SHA-256 of the file that the update is for. */
  readonly expectedHash?: string | undefined;
  /** SHA-256 of the file that is there. */
  readonly foundHash?: string | undefined;
  /** Whether `replaceModified` would put the new file in the place of what is there. */
  readonly replaceable?: boolean | undefined;
}

export interface EngineShare {
  /** Patches that it applies. */
  readonly patches: number;
  readonly downloadBytes: number;
}

/** What would be done, and what it would cost. Sizes are in bytes. */
export interface UpdatePlan {
  /** The version that is installed; "" where none is. */
  readonly fromVersion: string;
  readonly toVersion: string;
  readonly mode: RootMode;
  /** "patches": one update. "chain": several at once. "full": whole files of the full manifest alone. */
  readonly route: "patches" | "chain" | "full";
  /** What is applied, in this order, and at last the full manifest, where one was given. Recipes tell by number of which they need files. */
  readonly updates: readonly Update[];
  readonly operations: readonly PlannedOperation[];
  /** An earlier update was cut off. `applyUpdate` finishes it first: the plan is of what it then leaves. */
  readonly unfinished: boolean;
  /** Whether the version is installed already, so that nothing is to be done. */
  readonly alreadyDone: boolean;
  /** Paths that are as the new version has them. */
  readonly donePaths: number;
  /** Files that should go but are others than the update knows: with `replaceModified` they stay. */
  readonly kept: readonly string[];
  /** Where anything stands here, the update is refused before its first write. */
  readonly blocked: readonly BlockedPath[];
  readonly downloadBytes: number;
  /** Bytes of the files that are written. */
  readonly writeBytes: number;
  /** Bytes of unchanged files that a version of its own takes over, where the file system can't share them. 0 in place. */
  readonly copyBytes: number;
  /**
   * How much more of the disk is taken while the update is applied. All of it is on the installation's volume,
   * where stage, downloads and backup are: no other is written to.
   */
  readonly peakDiskBytes: number;
  /** What is free on the installation's volume, where the system tells. */
  readonly freeBytes?: number | undefined;
  /** Whether the manifests tell all sizes. Where they don't, the sums hold what is known. */
  readonly sizesKnown: boolean;
  /** By algorithm. */
  readonly perEngine: Readonly<Record<string, EngineShare>>;
}
