import { stat } from "node:fs/promises";
import type { Command } from "@potassium/tooling/bench/measured-run";
import type { DiffEngine } from "../src/index.js";

/** Somebody who makes patches, in a process of its own, and how they are applied. */
export interface PatchMaker {
  readonly name: string;
  readonly command: (oldPath: string, newPath: string, patchPath: string) => Command;
  readonly apply: (oldPath: string, patchPath: string, newPath: string) => Promise<void>;
  /** Whether it is what a user gets who chooses nothing: a suite's picture has it alone. */
  readonly isDefault?: boolean | undefined;
  /** So slow that it is measured once. */
  readonly isSlow?: boolean | undefined;
}

/** Applied by this package, whoever made the patch. */
export function appliedBy(engine: DiffEngine): PatchMaker["apply"] {
  return async (...paths) => {
    await engine.apply(...paths);
  };
}

export const sizeOf = async (path: string): Promise<number> => (await stat(path)).size;
