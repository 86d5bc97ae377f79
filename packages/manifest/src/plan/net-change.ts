import type { Sha256Hex } from "@potassium/core-types";
import type { Recipe } from "./recipe.js";

/** What must be at a path before the updates. */
export type Before =
  | { readonly kind: "absent" }
  /** A file; any, where its hash isn't said. */
  | { readonly kind: "file"; readonly hash?: Sha256Hex | undefined }
  /** A symbolic link; any, where its target isn't said. */
  | { readonly kind: "link"; readonly target?: string | undefined }
  /** A full manifest doesn't say. */
  | { readonly kind: "unknown" };

/** What is at a path after the updates. */
export type After =
  | { readonly kind: "absent" }
  | {
      readonly kind: "file";
      readonly hash: Sha256Hex;
      readonly sizeBytes?: number | undefined;
      /** Left out: as the file that is there. */
      readonly executable?: boolean | undefined;
      /** All ways to make it. */
      readonly recipes: readonly Recipe[];
    }
  | { readonly kind: "link"; readonly target: string };

/** What several updates together do to one path. */
export interface NetChange {
  readonly path: string;
  readonly before: Before;
  readonly after: After;
}

/** What several updates together do to a tree. */
export interface NetChanges {
  /** Sorted by path. */
  readonly changes: readonly NetChange[];
  readonly folders: readonly { readonly path: string; readonly action: "add" | "delete" }[];
}
