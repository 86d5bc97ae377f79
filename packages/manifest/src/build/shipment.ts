import type { Sha256Hex } from "@potassium/core-types";
import type { ShipmentKind } from "./shipped-names.js";

/** Bytes that were made to be shipped, not yet under their name. */
export interface MadeFile {
  /** Where they are: a scratch path of the out folder. */
  readonly made: string;
  readonly hash: Sha256Hex;
  readonly sizeBytes: number;
}

/** How the content of one new file is shipped. */
export type Shipment =
  | (MadeFile & { readonly kind: "patch"; readonly algorithm: string })
  | (MadeFile & { readonly kind: Exclude<ShipmentKind, "patch"> });

/** An engine that had no patch for a file. The next one was tried, or the whole file is shipped. */
export interface PassedEngine {
  readonly path: string;
  readonly algorithm: string;
  /** The engine's code: "TOO_LARGE"; for a patch that proved bad, what was wrong with it. */
  readonly code: string;
  readonly message: string;
}
