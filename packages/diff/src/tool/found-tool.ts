import type { ToolSource } from "./tool-candidates.js";
import type { ToolName } from "./tool-options.js";

/** A program that was found and checked. Frozen. */
export interface FoundTool {
  readonly path: string;
  readonly name: ToolName;
  /** As it tells by its option -v: "4.12.1". */
  readonly version: string;
  /** SHA-256 of the program file, in hexadecimal. */
  readonly sha256: string;
  /** Whether it is the one that the pins name. Without pins, `false`. */
  readonly pinned: boolean;
  readonly source: ToolSource;
}
