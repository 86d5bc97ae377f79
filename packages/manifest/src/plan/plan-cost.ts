import { partKey, partsOf, type Recipe } from "./recipe.js";
import type { EngineShare, PlannedOperation, PlannedWrite } from "./update-plan.js";

export interface PlanCost {
  readonly downloadBytes: number;
  readonly writeBytes: number;
  /** Bytes that the staged files, and what is needed to make them, take at most. */
  readonly stagedBytes: number;
  readonly sizesKnown: boolean;
  readonly perEngine: Readonly<Record<string, EngineShare>>;
}

/** Adds up what a plan's operations cost. What several of them need is downloaded once; what several get is made once and copied. */
export function planCost(operations: readonly PlannedOperation[], concurrency: number): PlanCost {
  const engines = new Map<string, { patches: number; downloadBytes: number }>();
  const scratch: number[] = [];
  const made = new Set<string>();
  const fetched = new Set<string>();
  let [downloadBytes, writeBytes, sizesKnown] = [0, 0, true];
  for (const operation of operations) {
    if (operation.kind !== "write") continue;
    const { newHash, newSize, recipe } = operation;
    sizesKnown &&= newSize !== undefined;
    writeBytes += newSize ?? 0;
    if (made.has(newHash)) continue;
    made.add(newHash);
    scratch.push(scratchBytes(operation));
    for (const part of partsOf(recipe)) {
      const { sizeBytes, algorithm } = part;
      sizesKnown &&= sizeBytes !== undefined;
      if (fetched.has(partKey(part))) continue;
      fetched.add(partKey(part));
      downloadBytes += sizeBytes ?? 0;
      if (algorithm === undefined) continue;
      const share = engines.get(algorithm) ?? { patches: 0, downloadBytes: 0 };
      share.patches += 1;
      share.downloadBytes += sizeBytes ?? 0;
      engines.set(algorithm, share);
    }
  }
  const largest = scratch.sort((a, b) => b - a).slice(0, concurrency);
  const stagedBytes = writeBytes + largest.reduce((sum, bytes) => sum + bytes, 0);
  const perEngine = Object.fromEntries(engines);
  return { downloadBytes, writeBytes, stagedBytes, sizesKnown, perEngine };
}

/** What lies about while one file is made: its downloads, and the versions between. A whole file is itself the staged one. */
function scratchBytes({ recipe }: PlannedWrite): number {
  if (recipe.kind === "whole" || recipe.kind === "copy") return 0;
  let bytes = partsOf(recipe).reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0);
  if (recipe.kind === "patch") bytes += between(recipe).reduce((sum, size) => sum + size, 0);
  return bytes;
}

function between({ base, steps }: Extract<Recipe, { readonly kind: "patch" }>): readonly number[] {
  const unpacked = base.kind === "packed" ? (base.newSize ?? 0) : 0;
  return [unpacked, ...steps.slice(0, -1).map(({ newSize = 0 }) => newSize)];
}
